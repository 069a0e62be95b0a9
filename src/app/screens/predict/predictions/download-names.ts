import type { WrittenFormat } from "../../../../engine/kinds/table/write/media-types";

/** What a table can be downloaded as, by what it is called in every language. */
export const downloadFormats: Readonly<Record<WrittenFormat, string>> = {
  csv: "CSV",
  xlsx: "Excel",
  parquet: "Parquet",
  json: "JSON",
  ndjson: "NDJSON",
  arrow: "Arrow",
};

/** @param format - Of the file that was read. */
export function usualFormat(format: string | undefined): WrittenFormat {
  if (format === "ods") return "xlsx";
  return Object.keys(downloadFormats).find((one): one is WrittenFormat => one === format) ?? "csv";
}

export function downloadName(tableName: string, format: WrittenFormat): string {
  return `${stemOf(tableName)}-predictions.${format}`;
}

export function modelName(tableName: string): string {
  return `${stemOf(tableName)}-model.zip`;
}

const ENDINGS =
  /(\.(csv|tsv|txt|parquet|xlsx|xlsm|ods|json|jsonl|ndjson|arrow|feather|arff|npy|npz|sqlite3?|db|zip))?(\.gz)?$/i;

export function stemOf(tableName: string): string {
  return tableName.replace(ENDINGS, "");
}
