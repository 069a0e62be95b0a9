/** @file The file formats that tables are read from and written in, but for delimited text and databases. Their code is loaded when it is first needed. */

import type { Steps } from "../../../ground/progress";
import type { AddedColumn } from "../../added-column";
import { writeWidened } from "../write/index";
import type { WrittenFormat } from "../write/media-types";
import type { KindedTable } from "./cells/cell-table";
import { type OpenTable, openTable, type OtherReaders } from "./index";
import { cellsOf } from "./open-cells";
import type { ReadOptions, Sink } from "./reader";
import type { TableSource } from "./source";

export const otherReaders: OtherReaders = async () => [
  (await import("./lines/lines-reader")).linesReader,
  (await import("./parquet/parquet-reader")).parquetReader,
  (await import("./xlsx/xlsx-reader")).xlsxReader,
  (await import("./ods/ods-reader")).odsReader,
  (await import("./json/json-reader")).ndjsonReader,
  (await import("./json/json-reader")).jsonReader,
  (await import("./arrow/arrow-reader")).arrowReader,
  (await import("./npy/npy-reader")).npyReader,
  (await import("./arff/arff-reader")).arffReader,
  (await import("./npy/npy-reader")).npzReader,
  (await import("./zip/zip-reader")).zipReader(openMember), // After all that are zips themselves.
];

/** A table that lies in a zip; one zip in another is not opened. */
async function* openMember(
  source: TableSource,
  name: string,
  options: ReadOptions,
): Steps<KindedTable> {
  const readers = async () => (await otherReaders()).filter(({ format }) => format !== "zip");
  return cellsOf(yield* openTable(source, name, options, readers));
}

/**
 * A table with columns at its right, in another format than its own.
 *
 * @param onlyEmpty - Index of a column: rows in which it is not empty are left out. Null: none are.
 * @throws EngineError `shape_mismatch` if a column is not as long as the table.
 */
export function writeAs(
  open: OpenTable,
  format: WrittenFormat,
  added: readonly AddedColumn[],
  sink: Sink,
  onlyEmpty: number | null = null,
): Steps<void> {
  return writeWidened(cellsOf(open), format, added, sink, onlyEmpty);
}
