/** @file The table to be predicted: held, or gone through again and again where it is too large for that. */

import { createReadStream } from "node:fs";

import type { AddedColumn } from "../../engine/kinds/added-column";
import type { Steps } from "../../engine/ground/progress";
import type { WrittenFormat } from "../../engine/kinds/table/write/media-types";
import { writeAs } from "../../engine/kinds/table/read/formats";
import { EngineError } from "../../engine/ground/errors";
import { type Space, tableSpace } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import { type Matrix, stackRows } from "../../engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { Fed } from "../../engine/kinds/index";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { encodeRows } from "../../engine/kinds/table/space/encode";
import { MOST_RANKED_ROWS } from "../../workflows/find/amounts";
import {
  type OwnColumn,
  ownColumns,
  readRows,
  type EncodedRows,
} from "../../engine/kinds/table/rows/table-rows";
import type { Column, Table } from "../../engine/kinds/table/columns/column";
import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import { byteTools } from "../../runtime/byte-tools";
import { openTableFile, sourceOfFile } from "../read-table-file";
import type { RowChoice, KindRows } from "../../engine/kinds/kind";
import type { ReadOptions, Sink, TableStream } from "../../engine/kinds/table/read/reader";
import { type OpenTable, streamTable } from "../../engine/kinds/table/read/index";

/** Which columns play the features of which island; the one with answers plays none. */
export interface Mapping {
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
}

export interface WrittenHow {
  /** Null for the format of the file. */
  readonly format: WrittenFormat | null;
  /** Index of the column in which a row has to be empty to be written; null for all rows. */
  readonly onlyEmpty: number | null;
}

export interface UserTable {
  /** Where texts or pictures lie that are the rows; not there of others. */
  readonly lies?: Pick<EmbeddingSpace, "kind" | "basis">;
  readonly profile: TableProfile;
  /** The file again with columns added. A table that is not held is written as a whole, in its own format. */
  readonly write: (added: readonly AddedColumn[], sink: Sink, how: WrittenHow) => Steps<void>;
  readonly rows: number;
  readonly columns: readonly Pick<Column, "name" | "categories">[];
  /** The user's own columns, as ways that learn from them take them. */
  readonly own: readonly OwnColumn[];
  /** The column with answers, if one was named, and its index. */
  readonly answers: Column | null;
  readonly answersColumn: number | null;
  read(mapping: Mapping, rows: RowChoice, withOwn: boolean): Promise<KindRows<Fed>>;
  /** All rows, or of a table that is not held a sample of them, scaled by the island. */
  scaledRows(mapping: Mapping): Promise<Matrix<Float32Array>>;
}

/** @throws EngineError as the readers do; `bad_parameter` if there is no column for the answers. */
export async function holdTable(
  path: string,
  answersColumn: string | undefined,
  choice: ReadOptions = {},
): Promise<UserTable> {
  const open = await openTableFile(path, choice);
  const { read } = open;
  const { table, profile } = read;
  const answers = answersIn(table, answersColumn);
  const own = ownColumns(table, answers.answersColumn);
  return {
    ...{ profile, rows: table.rows, columns: table.columns, own },
    write: writerOf(open),
    ...answers,
    read: async ({ island, matches }, rows, withOwn) =>
      readRows(table, tableSpace(island), matches, withOwn ? own : null, rows),
    scaledRows: async ({ island, matches }) =>
      encodeRows(table, tableSpace(island), matches, { scaled: true }),
  };
}

/** @throws EngineError `bad_parameter` if there is no such column. */
export function answersIn(
  table: Table,
  name: string | undefined,
): Pick<UserTable, "answers" | "answersColumn"> {
  if (name === undefined) return { answers: null, answersColumn: null };
  const index = indexOf(table, name);
  return { answers: table.columns[index]!, answersColumn: index };
}

/** Writes a table in its own format or another, all rows or some. */
export function writerOf(open: OpenTable): UserTable["write"] {
  return (added, sink, { format, onlyEmpty }) =>
    format === null
      ? open.write(added, sink, onlyEmpty)
      : writeAs(open, format, added, sink, onlyEmpty);
}

/**
 * A table that is never held: the file is gone through once to count its rows, and again for what is asked. Rows in
 * order are read in one go.
 */
export async function streamUserTable(path: string, choice: ReadOptions = {}): Promise<UserTable> {
  const open = () => {
    const bytes = createReadStream(path, { highWaterMark: 1 << 19 });
    return streamTable(bytes as AsyncIterable<Uint8Array>, byteTools, choice);
  };
  const stream = await open();
  const rows = await stream.countRows();
  const reader = new StreamReader(open);
  return {
    profile: stream.head.profile,
    write: (added, sink) => stream.write(sourceOfFile(path), rows, added, sink),
    ...{ rows, columns: stream.head.table.columns, own: [] },
    ...{ answers: null, answersColumn: null },
    read: (mapping, chosen) =>
      chosen instanceof Int32Array ? reader.list(mapping, chosen) : reader.range(mapping, chosen),
    scaledRows: async (mapping) => {
      const sample = sampleIndices(rows, MOST_RANKED_ROWS, seededRandom(0)).sort();
      return (await reader.list(mapping, sample)).scaled;
    },
  };
}

class StreamReader {
  readonly #open: () => Promise<TableStream<unknown>>;
  #blocks: AsyncGenerator<Table, void> | null = null;
  #block: Table = { rows: 0, columns: [] };
  /** Of the block. */
  #first = 0;

  constructor(open: () => Promise<TableStream<unknown>>) {
    this.#open = open;
  }

  /** Rows listed, in that order. */
  async list({ island, matches }: Mapping, rows: Int32Array): Promise<KindRows<EncodedRows>> {
    const ascending = rows.toSorted();
    const places = new Map(Array.from(ascending, (row, place) => [row, place]));
    const picked = await (await this.#open()).pick(ascending);
    const order = rows.map((row) => places.get(row)!);
    return readRows(picked, tableSpace(island), matches, null, order);
  }

  /** Rows one after the other. Those before the last ones read are reached from the start of the file. */
  async range(
    { island, matches }: Mapping,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<KindRows<EncodedRows>> {
    const parts: KindRows<EncodedRows>[] = [];
    let next = from;
    do {
      await this.#seek(next);
      const end = Math.min(to, this.#first + this.#block.rows);
      const part = { from: next - this.#first, to: end - this.#first };
      parts.push(readRows(this.#block, tableSpace(island), matches, null, part));
      next = end;
    } while (next < to);
    return parts.length === 1 ? parts[0]! : joined(parts);
  }

  async #seek(row: number): Promise<void> {
    if (!this.#blocks || row < this.#first) {
      await this.#blocks?.return();
      this.#blocks = (await this.#open()).blocks();
      this.#first = 0;
      this.#block = { rows: 0, columns: [] };
    }
    while (row >= this.#first + this.#block.rows) {
      const step = await this.#blocks.next();
      if (step.done) {
        throw new EngineError("shape_mismatch", "the file has fewer rows than when it was opened");
      }
      this.#first += this.#block.rows;
      this.#block = step.value;
    }
  }
}

function joined(parts: readonly KindRows<EncodedRows>[]): KindRows<EncodedRows> {
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    fed: stackRows(parts.map(({ fed }) => fed)),
    scaled: stackRows(parts.map(({ scaled }) => scaled)),
    own: null,
    time: null,
  };
}

function indexOf({ columns }: Table, name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) return index;
  throw new EngineError("bad_parameter", `the table has no column "${name}"`, { column: name });
}
