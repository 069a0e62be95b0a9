/**
 * What a column holds. `number`, `integer`, `boolean` and `category` can feed a model;
 * the others only pass through to the download.
 */
export type ColumnType =
  "number" | "integer" | "boolean" | "category" | "date" | "text" | "identifier" | "constant";

/** One column of a table that was read, as it lives in the data worker. */
export interface Column {
  readonly name: string;
  /** The type in force: detected, or chosen by the user. */
  readonly type: ColumnType;
  /** Shape [rows]; NaN where missing or not a number (dates: ms since 1970; booleans: 0 or 1). Null for other types. */
  readonly numbers: Float64Array | null;
  /** Shape [rows]; index into `categories`, −1 where missing. Null when there were too many different values. */
  readonly codes: Int32Array | null;
  /** The different values in order of first appearance; empty when `codes` is null. */
  readonly categories: readonly string[];
  /** The same column for some rows only, where that is cheaper than `numbers` and `codes` of all. */
  readonly part?: (from: number, to: number) => Column;
}

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}
