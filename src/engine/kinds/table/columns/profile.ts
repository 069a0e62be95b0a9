import type { RefusedFile } from "../../refused-file";
import type { ColumnType } from "./column";

/** How the cells of a column were read; what is left out is as usual. */
export interface Spelling {
  readonly decimal: "." | ",";
  /** Amounts carry codes or abbreviations. */
  readonly hasCurrency?: boolean;
  /** A usual spelling of a missing value that is a value here. */
  readonly valueMark?: string;
  /** Of dates such as 3/4/2021. */
  readonly dateOrder?: "day" | "month";
}

export interface ColumnProfile {
  readonly name: string;
  readonly spelling: Spelling;
  /** What stands after its numbers, as cm; null if nothing does. */
  readonly unit: string | null;
  readonly type: ColumnType;
  readonly detected: ColumnType;
  /** What the user may choose instead: the types that the values allow. */
  readonly possible: readonly ColumnType[];
  /** Cells with a value. */
  readonly count: number;
  readonly missing: number;
  /** Those of them in which nothing stands, or what says so: not what the type cannot read, and no infinite number. */
  readonly empty: number;
  /** Different values; a lower bound if `distinctIsExact` is false. */
  readonly distinct: number;
  readonly distinctIsExact: boolean;
  /** Of numbers, and of dates in ms since 1970; null for other types or without values. */
  readonly range: readonly [min: number, max: number] | null;
  readonly mean: number | null;
  /** 20 bins of equal width over `range`; null where `range` is. */
  readonly histogram: readonly number[] | null;
  /** The most frequent values, at most 24, most frequent first; null for columns of numbers. */
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
    | "replaced_characters"
    | "nested_column"
    | "other_sheets"
    | "merged_cells"
    /** Cells that spell out that there is no value. */
    | "marks_missing"
    /** Such a spelling that is one of the column's values. */
    | "mark_is_value"
    /** A number such as -999, far from all others. */
    | "sentinel_values"
    /** Most cells are numbers; those that are not keep the column from being one of numbers. */
    | "not_all_numbers"
    /** Rows have twice as many cells as there are names: decimal commas were cut, most likely. */
    | "twice_as_wide"
    /** Characters that show as nothing, of another encoding: marks and letters that they were meant as were read for them. */
    | "controls_mended"
    /** Amounts in several currencies are read as numbers alone. */
    | "mixed_currencies"
    /** Some numbers have a percent sign, which is left out, and some do not. */
    | "mixed_percent"
    /** Among dates, values that are none, or none with day and month in the order of the others. */
    | "unreadable_dates"
    /** All dates could be read with day and month in either order; `text` is what comes first: day or month. */
    | "ambiguous_dates";
  /** The column concerned, if it is one. */
  readonly column?: string;
  /** The sheets concerned, if there are any. */
  readonly sheets?: readonly string[];
  /** What is written there. */
  readonly text?: string;
  /** Rows or cells concerned. */
  readonly count: number;
  /** First rows concerned, counted from 1 after the header; at most 3. */
  readonly rows?: readonly number[];
}

/** What was done to make a table of a file. */
export type RepairCode =
  | "notes_above"
  | "notes_below"
  | "names_in_two_rows"
  | "first_name_missing"
  | "units_row"
  | "blank_rows"
  | "names_again"
  | "second_table"
  | "stray_quotes"
  /** Nothing was done: these name the columns of other tables, whose rows are in this one. */
  | "other_names"
  /** Nothing was done: these rows are in the table, and look like sums or means of the others. */
  | "totals";

/** Those that can be left undone, each as the file has it. */
export const UNDOABLE = [
  ...(["notes_below", "names_again", "second_table", "units_row", "names_in_two_rows"] as const),
] satisfies readonly RepairCode[];

export type UndoableRepair = (typeof UNDOABLE)[number];

export interface Repair {
  readonly code: RepairCode;
  /** Lines concerned. */
  readonly count: number;
  /** The first of them, counted from 1 in the file, ascending; at most 20. */
  readonly lines: readonly number[];
  /** The first one that was left out, for the screen only; empty where none was. */
  readonly text: string;
}

/** Encodings of before Unicode in which tables are still written. */
export type LegacyEncoding =
  | "windows-1250"
  | "windows-1251"
  | "windows-1252"
  | "windows-1253"
  | "windows-1254"
  | "windows-1255"
  | "windows-1256"
  | "windows-1257"
  | "windows-874"
  | "iso-8859-2"
  | "iso-8859-5"
  | "iso-8859-7"
  | "koi8-r"
  | "ibm866"
  | "macintosh"
  | "gb18030"
  | "big5"
  | "shift_jis"
  | "euc-jp"
  | "euc-kr";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | LegacyEncoding;

export interface TableDialect {
  readonly encoding: Encoding;
  /** Other encodings that the bytes allow as well, the likeliest first. */
  readonly otherEncodings: readonly Encoding[];
  readonly delimiter: string;
  readonly quote: string;
  readonly decimal: "." | ",";
  readonly hasHeader: boolean;
  /** The line, from 1, of the (last line of the) names; null if there are none. */
  readonly headerLine: number | null;
  /** What the user said of the cells; left out where nothing was said. */
  readonly told?: {
    readonly missing?: readonly string[];
    readonly missingOnly?: boolean;
    readonly dateOrder?: "day" | "month";
    readonly decimal?: "." | ",";
  };
}

/** What is kept of how a column was read. */
export type ReadColumn = Pick<ColumnProfile, "name" | "type" | "unit" | "spelling">;

export interface TableProfile {
  /** Of the file, such as "parquet"; "delimited" if it is left out. */
  readonly format?: string;
  /** All sheets of a workbook, and the one that was read. */
  readonly sheets?: readonly string[];
  readonly sheet?: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  readonly dialect: TableDialect;
  readonly warnings: readonly TableWarning[];
  readonly repairs: readonly Repair[];
  /** Files that came with those of the rows and could not be read; the first of them are named. */
  readonly refused?: { readonly count: number; readonly files: readonly RefusedFile[] };
  /** The first rows as written in the file, at most 100, for the screen only. */
  readonly preview: readonly (readonly string[])[];
}
