/** What a table is written as. */
export type WrittenFormat = "csv" | "parquet" | "json" | "ndjson" | "arrow" | "xlsx";

export const mediaTypes: Readonly<Record<WrittenFormat, string>> = {
  csv: "text/csv;charset=utf-8",
  parquet: "application/vnd.apache.parquet",
  json: "application/json",
  ndjson: "application/x-ndjson",
  arrow: "application/vnd.apache.arrow.file",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
