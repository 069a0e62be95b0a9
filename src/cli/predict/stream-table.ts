/** @file A table too large to be held: gone through again and again. */

import { createReadStream } from "node:fs";

import { EngineError } from "../../engine/ground/errors";
import { stackRows } from "../../engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { KindRows } from "../../engine/kinds/kind";
import { tableSpace } from "../../engine/kinds/space";
import type { Table } from "../../engine/kinds/table/columns/column";
import { streamTable } from "../../engine/kinds/table/read/index";
import type { ReadOptions, TableStream } from "../../engine/kinds/table/read/reader";
import { type EncodedRows, readRows } from "../../engine/kinds/table/rows/table-rows";
import type { Mapping, UserTable } from "../../library/user-table";
import { byteTools } from "../../runtime/byte-tools";
import { MOST_RANKED_ROWS } from "../../workflows/find/amounts";
import { sourceOfFile } from "../read-table-file";

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
