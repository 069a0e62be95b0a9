/** @file The file formats that tables are written in. Their code is loaded when it is first needed. */

import type { Steps } from "../../../ground/progress";
import type { AddedColumn } from "../../added-column";
import type { KindedTable } from "../read/cells/cell-table";
import type { Sink } from "../read/reader";
import { requireLengths, withAdded } from "./added-cells";
import { emptyRows, someRows } from "./some-rows";
import { harmless } from "./harmless";
import type { WrittenFormat } from "./media-types";
import type { TableWriter } from "./writer";

const tableWriters: Readonly<Record<WrittenFormat, () => Promise<TableWriter>>> = {
  csv: async () => (await import("./write-csv-cells")).writeCsvCells,
  parquet: async () => (await import("./write-parquet")).writeParquet,
  json: async () => (await import("./write-json")).writeJson,
  ndjson: async () => (await import("./write-json")).writeNdjson,
  arrow: async () => (await import("./write-arrow")).writeArrow,
  xlsx: async () => (await import("./write-xlsx")).writeXlsx,
};

/** Formats that spreadsheets open. */
const IN_SPREADSHEETS: ReadonlySet<WrittenFormat> = new Set(["csv", "xlsx"]);

/**
 * Write a table with columns at its right, or its empty cells filled.
 *
 * @param onlyEmpty - Index of a column: rows in which it is not empty are left out. Null: none are.
 * @throws EngineError `shape_mismatch` if a column is not as long as the table.
 */
export async function* writeWidened(
  table: KindedTable,
  format: WrittenFormat,
  added: readonly AddedColumn[],
  sink: Sink,
  onlyEmpty: number | null = null,
): Steps<void> {
  requireLengths(added, table.rows);
  const write = await tableWriters[format]();
  const said = IN_SPREADSHEETS.has(format) ? harmless : (text: string) => text;
  const widened = withAdded(table, added, said);
  const written =
    onlyEmpty === null ? widened : someRows(widened, yield* emptyRows(table, onlyEmpty));
  yield* write(written, sink);
}
