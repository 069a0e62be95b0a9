import type { Cells } from "./cells";
import type { ColumnType } from "./column";
import type { CellCount } from "./counted-cells";
import type { DateOrder } from "./dates";
import type { KnownStyle } from "./spelling/cell-style";

/** Everything kept of a column, so that it can be seen as any type its values allow. */
export interface StoredColumn extends Cells {
  readonly name: string;
  readonly rows: number;
  /** Cells with a value, infinite numbers left out. */
  readonly values: number;
  /** How often each spelling of a missing value stands in it, blank cells left out. */
  readonly marks: ReadonlyMap<string, number>;
  /** A spelling of a missing value that is a value in this column; null if there is none. */
  readonly valueMark: { readonly text: string; readonly count: number } | null;
  /** How its cells were read, with what the values told. */
  readonly style: KnownStyle;
  /** What stands after its numbers; null if nothing does. */
  readonly unit: string | null;
  readonly hasNumbers: boolean;
  readonly hasDates: boolean;
  readonly hasCodes: boolean;
  /** Shape [rows]; NaN where missing or not a number. Null if fewer than half of the values are numbers. */
  readonly numbers: Float64Array | null;
  /** Shape [rows]; ms since 1970, NaN where missing or not a date. Null if fewer than half are dates. */
  readonly dates: Float64Array | null;
  /** Shape [rows]; −1 where missing. Null if there were too many different values. */
  readonly codes: Int32Array | null;
  /** The number of each category, NaN if it is none; null where `numbers` or `codes` is. */
  readonly categoryNumbers: Float64Array | null;
  /** The date of each category, NaN if it is none; null where `dates` or `codes` is. */
  readonly categoryDates: Float64Array | null;
  readonly categories: readonly string[];
  /** How often each category occurs. */
  readonly counts: readonly number[];
  readonly numeric: number;
  readonly dated: number;
  /** Numbers without a fraction. */
  readonly whole: number;
  /** Whole numbers written with a leading zero, as codes are. */
  readonly leadingZeros: number;
  /** Whole numbers written out that are too large for a double to hold exactly. */
  readonly tooPrecise: number;
  readonly infinite: number;
  /** Each number is greater than the one before. */
  readonly isAscending: boolean;
  /** No value came twice, as long as values were being told apart. */
  readonly wasUnique: boolean;
  /** Different values, as long as they were being told apart. */
  readonly distinctSeen: number;
  /** Characters of the longest value. */
  readonly longest: number;
  /** Values that are not numbers and hold a space. */
  readonly spaced: number;
  /** First rows with a value that is no number, counted from 1; at most 3. */
  readonly unreadableRows: readonly number[];
  readonly infiniteRows: readonly number[];
  /** Several currencies stand beside its numbers: which ones, and all cells but those of the most frequent. */
  readonly mixedCurrencies: (CellCount & { readonly text: string }) | null;
  /** Some of its numbers have a percent sign and some do not: the fewer of them. */
  readonly mixedPercent: CellCount | null;
  /** Of dates such as 3/4/2021; null if there are none. */
  readonly dateOrder: DateOrder | null;
  /** Cells such as 1.2.10 can be read as dates, and nothing says that they are. */
  readonly areShortDates: boolean;
  /** Values that are no date, or none in this order. */
  readonly undated: CellCount;
}

/** A column and the type it is seen as. */
export interface TypedColumn {
  readonly stored: StoredColumn;
  readonly detected: ColumnType;
  readonly type: ColumnType;
}
