/** @file Holds the user's table, for the workers that do. Rows leave them as encoded numbers, as the download, and a screenful at a time. */

import type { DataApi, ReadOptions, RowSource } from "../src/contracts/workers/data-api";
import type { EmbedderFiles } from "../src/contracts/workers/embedded";
import { AppError } from "../src/contracts/outcome";
import { scriptTable } from "../src/engine/export/templates/script-inputs";
import { columnNamed } from "../src/engine/kinds/table/own/own-inputs";
import { columnTexts } from "../src/engine/kinds/table/read/column-texts";
import { ownColumns } from "../src/engine/kinds/table/rows/table-rows";
import type { TableSource } from "../src/engine/kinds/table/read/source";
import { retype } from "../src/engine/kinds/table/columns/typed-table";
import { drive } from "../src/runtime/threads/drive";
import { serve, type Served, stopIfAborted } from "../src/runtime/threads/serve";
import type { Column } from "../src/engine/kinds/table/columns/column";
import { givenAnswers } from "../src/engine/kinds/table/columns/answers/given-answers";
import { readAnswers } from "../src/engine/kinds/table/columns/answers/read-answers";
import { shownCells } from "../src/engine/kinds/table/window/shown-cells";
import { kindOf } from "../src/engine/kinds/index";
import { describedPoints } from "../src/engine/kinds/rows";
import { isOfTables, type Space } from "../src/engine/kinds/space";
import type { FeatureMatch } from "../src/engine/kinds/table/space/space";
import type { TableProfile } from "../src/engine/kinds/table/columns/profile";
import type { IslandMatch } from "../src/engine/kinds/table/match/match";
import type { OpenTable } from "../src/engine/kinds/table/read/index";
import type { Sink } from "../src/engine/kinds/table/read/reader";
import { mediaTypes, type WrittenFormat } from "../src/engine/kinds/table/write/media-types";
import type { AddedColumn } from "../src/engine/kinds/added-column";
import type { Steps } from "../src/engine/ground/progress";
import type { ImageData } from "../src/engine/kinds/image/image-data";
import { languageOf } from "../src/engine/kinds/text/language";
import type { TextData } from "../src/engine/kinds/text/text-data";
import type { EmbeddingSpace } from "../src/engine/specification/embedding/embedding-space";
import { type PlacedColumn, placeTextColumn } from "../src/workflows/columns/place-column";
import { rankSpaces } from "../src/workflows/columns/rank-spaces";
import { sourceOfFile } from "./parts/file-source";

/** Texts or pictures in a pinned space. */
type Placed = PlacedColumn<TextData | ImageData>;

/** What depends on the formats that a worker carries the code of. */
export interface Formats {
  readonly open: (
    source: TableSource,
    name: string,
    options: ReadOptions,
    file: File,
  ) => Steps<OpenTable>;
  /** Another format than that of the file. */
  readonly write: (
    table: OpenTable,
    format: WrittenFormat,
    added: readonly AddedColumn[],
    sink: Sink,
    onlyEmpty: number | null,
  ) => Steps<void>;
  /** How a column is placed in a pinned space; as texts if left out. */
  readonly place?: (
    table: OpenTable,
    space: EmbeddingSpace,
    column: number,
    files: EmbedderFiles | null,
  ) => Steps<Placed>;
  /** Which islands it could belong to; by its columns and texts if left out. */
  readonly rank?: (
    table: OpenTable,
    islands: readonly Space[],
    files: EmbedderFiles | null,
  ) => Steps<IslandMatch[]>;
}

/** What is held for the workers that ask for rows; pictures are looked at in their own worker. */
type Looking = Partial<Pick<Served<RowSource>, "looked" | "pinned">>;

let held: OpenTable | null = null;
/** Answers to reads that a later read overtook must not replace its table. */
let latestRead = 0;
/** Answers to its rows that were given by hand. */
let given: Column | null = null;
/** Columns of the held table in pinned spaces. */
const placed = new Map<string, Placed>();

/** Answer what the page asks of a data worker. */
export function serveTable(formats: Formats): void {
  serve<DataApi>(tableApi(formats));
}

/** What it answers, for a worker that answers more. */
export function tableApi(formats: Formats, looking: Looking = {}): Served<DataApi> {
  return {
    async read(file, options, job) {
      const turn = ++latestRead;
      const opened = await drive(formats.open(sourceOfFile(file), file.name, options, file), job);
      stopIfAborted(job.signal);
      if (turn !== latestRead) throw new AppError("aborted", "a later file was opened");
      held = opened;
      placed.clear();
      given = null;
      return opened.read.profile;
    },

    retype(column, type) {
      const table = heldTable();
      held = { ...table, read: retype(table.read, column, type) };
      return held.read.profile;
    },

    async cells(wanted, job) {
      const open = heldTable();
      return job.give(await drive(shownCells(open, wanted), job));
    },

    async rankIslands(islands, columns, files, job) {
      const table = heldTable();
      if (formats.rank) return drive(formats.rank(table, islands, files), job);
      const { preview } = table.read.profile;
      return rankSpaces(islands, { columns, preview });
    },

    giveAnswers(base, byRow) {
      const { rows, columns } = heldTable().read.table;
      given = givenAnswers(base === null ? null : (columns[base] ?? null), rows, byRow);
    },

    language: (column) =>
      languageOf(heldTable().read.profile.preview.map((row) => row[column] ?? "")),

    async embed(space, column, files, job) {
      const turn = latestRead;
      const table = heldTable();
      const key = placeKey(space, column);
      const place = formats.place ?? placeTextColumn;
      const made = placed.get(key) ?? (await drive(place(table, space, column, files), job));
      stopIfAborted(job.signal);
      if (turn !== latestRead) throw new AppError("aborted", "a later file was opened");
      placed.set(key, made);
      return made.told;
    },

    serveRows: (port) => serve<RowSource>({ ...rowSource, ...looking }, port),

    async write(predictions, format, onlyEmpty, job) {
      const table = heldTable();
      const parts = new FileParts();
      const sink: Sink = (piece) => parts.add(piece);
      await drive(
        format === null
          ? table.write(predictions, sink, onlyEmpty)
          : formats.write(table, format, predictions, sink, onlyEmpty),
        job,
      );
      stopIfAborted(job.signal);
      return parts.finish(format === null ? table.mediaType : mediaTypes[format]);
    },
  };
}

const rowSource: Served<RowSource> = {
  scaledRows(island, matches, job) {
    const { data: held, plan } = dataIn(island, matches);
    const { points, rows: described } = describedPoints(kindOf(island), held, plan);
    const { data, rows, cols } = points;
    return job.give({ data, rows, cols, described });
  },

  reuseRows(island, matches, answersColumn, rows, withOwn, job) {
    const { data, plan } = dataIn(island, matches);
    const answers = withOwn ? answersColumn : undefined;
    return job.give(kindOf(island).rows(data, plan, rows, answers));
  },

  scriptTable(answersColumn) {
    const { table, profile } = heldTable().read;
    return scriptTable(table.columns, ownColumns(table, answersColumn), profile);
  },

  learnable(target) {
    const { rows, columns } = heldTable().read.table;
    return {
      rows,
      columns: columns.map(({ name, type, numbers, codes, categories }) => {
        const isWanted = name === target || (type !== "identifier" && type !== "text");
        return isWanted
          ? { name, type, numbers, codes, categories }
          : { name, type, numbers: null, codes: null, categories: [] };
      }),
    };
  },

  texts(name, job) {
    const open = heldTable();
    const { columns } = open.read.profile;
    const column = columnNamed(columns, name);
    if (!column) throw new AppError("not_found", "there is no such column");
    return drive(columnTexts(open, columns.indexOf(column)), job);
  },

  looked: () => null,

  pinned: () => null,

  answers(column, task) {
    const { columns } = heldTable().read.table;
    const chosen = columns[column] ?? (column === columns.length ? given : null);
    if (!chosen) throw new AppError("not_found", `there is no column ${column}`);
    return readAnswers(chosen, task);
  },
};

/** The held table as data of the kind that a space is of, and where they lie in it. */
function dataIn(space: Space, matches: readonly FeatureMatch[]) {
  const { table } = heldTable().read;
  if (isOfTables(space)) return { data: table, plan: { space, placed: matches } };
  const made = placed.get(placeKey(space, matches[0]?.column ?? null));
  if (made) return { data: made.data, plan: { space, placed: [] } };
  throw new AppError("not_prepared", `nothing was placed in ${space.basis}`);
}

function placeKey({ kind, basis }: EmbeddingSpace, column: number | null): string {
  return `${kind} ${basis} ${column}`;
}

/** @throws AppError `not_found` if there is none. */
export function heldTable(): OpenTable {
  if (!held) throw new AppError("not_found", "no table is open; open a file first");
  return held;
}

/** The same rows with other columns: where they lie stays known. */
export function replaceTable(table: OpenTable): TableProfile {
  held = table;
  return table.read.profile;
}

/** A file handed to the browser's blob store piece by piece, so that it does not pile up in this worker. */
class FileParts {
  static readonly #PIECE = 1 << 22;
  readonly #blobs: Blob[] = [];
  #waiting: (string | Uint8Array<ArrayBuffer>)[] = [];
  #waitingLength = 0;

  add(piece: string | Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(piece);
    this.#waitingLength += piece.length;
    if (this.#waitingLength >= FileParts.#PIECE) this.#flush();
  }

  finish(type: string): Blob {
    this.#flush();
    return new Blob(this.#blobs, { type });
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#waitingLength = 0;
  }
}
