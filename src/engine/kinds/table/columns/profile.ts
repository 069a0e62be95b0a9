import type { ColumnType } from "./column";

export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly detected: ColumnType;
  /** What the user may choose instead: the types that the values allow. */
  readonly possible: readonly ColumnType[];
  /** Cells with a value. */
  readonly count: number;
  readonly missing: number;
  /** Different values; a lower bound if `distinctIsExact` is false. */
  readonly distinct: number;
  readonly distinctIsExact: boolean;
  /** Of numbers, and of dates in ms since 1970; null for other types or without values. */
  readonly range: readonly [min: number, max: number] | null;
  readonly mean: number | null;
  /** 20 bins of equal width over `range`; null where `range` is. */
  readonly histogram: readonly number[] | null;
  /** The most frequent values, at most 10, most frequent first; null for columns of numbers. */
  readonly top: readonly { readonly value: string; readonly count: number }[] | null;
}

/** Things worth telling that do not stop the work. */
export interface TableWarning {
  readonly code:
    | "one_column"
    | "ragged_rows"
    | "all_missing"
    | "infinite_values"
    | "unreadable_numbers"
    | "duplicate_names"
    | "blank_names"
    | "replaced_characters";
  /** The column concerned, if it is one. */
  readonly column?: string;
  /** Rows or cells concerned. */
  readonly count: number;
  /** First rows concerned, counted from 1 after the header; at most 3. */
  readonly rows?: readonly number[];
}

export interface TableDialect {
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "windows-1252";
  readonly delimiter: string;
  readonly decimal: "." | ",";
  readonly hasHeader: boolean;
}

export interface TableProfile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  readonly dialect: TableDialect;
  readonly warnings: readonly TableWarning[];
  /** The first rows as written in the file, at most 100, for the screen only. */
  readonly preview: readonly (readonly string[])[];
}
