/** @file Holds the user's table, for the workers that do. Rows leave them as encoded numbers, as the download, and a screenful at a time. */

import type { DataApi, ReadOptions, RowSource } from "../src/contracts/workers/data-api";
import { AppError } from "../src/contracts/outcome";
import { scriptTable } from "../src/engine/export/templates/script-inputs";
import { ownColumns } from "../src/engine/kinds/table/rows/table-rows";
import type { TableSource } from "../src/engine/kinds/table/read/source";
import { retype } from "../src/engine/kinds/table/columns/typed-table";
import { byteTools, streamChunks } from "../src/runtime/byte-tools";
import { drive } from "../src/runtime/threads/drive";
import { serve, type Served, stopIfAborted } from "../src/runtime/threads/serve";
import { rankIslands } from "../src/engine/kinds/table/match/related";
import { readAnswers } from "../src/engine/kinds/table/columns/read-answers";
import { shownCells } from "../src/engine/kinds/table/window/shown-cells";
import { kindOf } from "../src/engine/kinds/index";
import type { OpenTable } from "../src/engine/kinds/table/read/index";
import type { Sink } from "../src/engine/kinds/table/read/reader";
import { mediaTypes, type WrittenFormat } from "../src/engine/kinds/table/write/media-types";
import type { AddedColumn } from "../src/engine/kinds/added-column";
import type { Steps } from "../src/engine/ground/progress";

/** What depends on the formats that a worker carries the code of. */
export interface Formats {
  readonly open: (source: TableSource, name: string, options: ReadOptions) => Steps<OpenTable>;
  /** Another format than that of the file. */
  readonly write: (
    table: OpenTable,
    format: WrittenFormat,
    added: readonly AddedColumn[],
    sink: Sink,
    onlyEmpty: number | null,
  ) => Steps<void>;
}

let held: OpenTable | null = null;
/** Answers to reads that a later read overtook must not replace its table. */
let latestRead = 0;

/** Answer what the page asks of a data worker. */
export function serveTable(formats: Formats): void {
  serve<DataApi>({
    async read(file, options, job) {
      const turn = ++latestRead;
      const opened = await drive(formats.open(sourceOfFile(file), file.name, options), job);
      stopIfAborted(job.signal);
      if (turn !== latestRead) throw new AppError("aborted", "a later file was opened");
      held = opened;
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

    rankIslands: (islands, columns) => rankIslands(islands, columns),

    serveRows: (port) => serve(rowSource, port),

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
  });
}

const rowSource: Served<RowSource> = {
  scaledRows(island, matches, job) {
    const { table } = heldTable().read;
    const plan = { space: island, placed: matches };
    const { data, rows, cols } = kindOf(island).points(table, plan);
    return job.give({ data, rows, cols });
  },

  reuseRows(island, matches, answersColumn, rows, withOwn, job) {
    const { table } = heldTable().read;
    const plan = { space: island, placed: matches };
    const answers = withOwn ? answersColumn : undefined;
    return job.give(kindOf(island).rows(table, plan, rows, answers));
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

  answers(column, task) {
    const chosen = heldTable().read.table.columns[column];
    if (!chosen) throw new AppError("not_found", `there is no column ${column}`);
    return readAnswers(chosen, task);
  },
};

function heldTable(): OpenTable {
  if (!held) throw new AppError("not_found", "no table is open; open a file first");
  return held;
}

function sourceOfFile(file: File): TableSource {
  return {
    sizeBytes: file.size,
    tools: byteTools,
    async *open(from = 0) {
      try {
        yield* streamChunks(file.slice(from).stream());
      } catch (cause) {
        const message =
          "this file cannot be read any more: it was moved or changed. Open it again.";
        throw new AppError("not_found", message, {}, { cause });
      }
    },
  };
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
