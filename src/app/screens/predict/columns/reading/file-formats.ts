interface FileFormat {
  /** As it is called in every language. */
  readonly name: string;
  /** Whether its files say by themselves what the columns are called. */
  readonly hasNames: boolean;
}

/** Formats beside delimited text, by what their readers call them. */
export const fileFormats: Readonly<Partial<Record<string, FileFormat>>> = {
  parquet: { name: "Parquet", hasNames: true },
  xlsx: { name: "Excel", hasNames: false },
  ods: { name: "OpenDocument", hasNames: false },
  ndjson: { name: "NDJSON", hasNames: true },
  arrow: { name: "Arrow", hasNames: true },
  npy: { name: "NumPy", hasNames: true },
  npz: { name: "NumPy", hasNames: true },
  arff: { name: "ARFF", hasNames: true },
  sqlite: { name: "SQLite", hasNames: true },
  zip: { name: "ZIP", hasNames: true },
  json: { name: "JSON", hasNames: true },
};
