/** @file The file formats that tables are written in. Their code is loaded when it is first needed. */

import type { WrittenFormat } from "./media-types";
import type { TableWriter } from "./writer";

export const tableWriters: Readonly<Record<WrittenFormat, () => Promise<TableWriter>>> = {
  csv: async () => (await import("./write-csv-cells")).writeCsvCells,
  parquet: async () => (await import("./write-parquet")).writeParquet,
  json: async () => (await import("./write-json")).writeJson,
  ndjson: async () => (await import("./write-json")).writeNdjson,
  arrow: async () => (await import("./write-arrow")).writeArrow,
  xlsx: async () => (await import("./write-xlsx")).writeXlsx,
};
