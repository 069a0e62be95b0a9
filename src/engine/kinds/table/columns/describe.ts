import { type Cells, reclaimable } from "./cells";
import type { Column, ColumnType } from "./column";
import { possibleTypes, truthOf } from "./detect-type";
import type { ColumnProfile, Spelling, TableWarning } from "./profile";
import type { StoredColumn, TypedColumn } from "./stored-column";

const BINS = 20;
/** As many as are joined to a category's, months and days among them. */
const TOP = 24;
/** Of rows in which different numbers are counted where they were not told apart. */
const MOST_COUNTED = 10_000;

/** A column as the rest of the engine sees it, under the type in force. */
export function columnOf(typed: TypedColumn): Column {
  return columnFrom(typed, typed.stored);
}

function columnFrom(typed: TypedColumn, cells: Cells): Column {
  const { stored, type } = typed;
  const numbers = numbersAs(type, cells, stored.categories);
  return {
    name: stored.name,
    type,
    get numbers() {
      return numbers();
    },
    get codes() {
      return cells.codes;
    },
    categories: stored.categories,
    part: (from, to) => columnFrom(typed, cells.part(from, to)),
  };
}

/**
 * What a column holds, under the type in force. Values that the type cannot read count as
 * missing. Cost is O(rows).
 */
export function describeColumn(typed: TypedColumn): ColumnProfile {
  const { stored, type, detected } = typed;
  const count = countAs(typed);
  const counted = distinctOf(stored);
  const isNumbers =
    type === "number" || type === "integer" || (type === "constant" && stored.hasNumbers);
  const isMeasured = isNumbers || type === "date";
  const summary = isMeasured ? summaryOf(stored, isNumbers) : null;
  return {
    name: stored.name,
    unit: stored.unit,
    spelling: spellingOf(stored),
    type,
    detected,
    possible: possibleTypes(stored, detected),
    count,
    missing: stored.rows - count,
    empty: stored.rows - stored.values - stored.infinite,
    distinct: counted ?? stored.distinctSeen + 1,
    distinctIsExact: counted !== null,
    range: summary?.range ?? null,
    mean: type === "date" ? null : (summary?.mean ?? null),
    histogram: summary?.histogram ?? null,
    top: isMeasured || !stored.hasCodes ? null : topOf(stored.categories, stored.counts),
  };
}

function spellingOf({ style, dateOrder }: StoredColumn): Spelling {
  const { decimal, hasCurrency, valueMark } = style;
  return {
    decimal,
    ...(hasCurrency && { hasCurrency }),
    ...(valueMark !== undefined && { valueMark }),
    ...(dateOrder && { dateOrder: dateOrder.isMonthFirst ? "month" : "day" }),
  };
}

/** How many different values there are; null if they were too many to tell apart. */
function distinctOf({
  hasCodes,
  values,
  categories,
  numeric,
  numbers,
  rows,
}: StoredColumn): number | null {
  if (hasCodes || values === 0) return categories.length;
  if (rows > MOST_COUNTED || numeric < values || !numbers) return null;
  const sorted = numbers.filter(Number.isFinite).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}

/** What is worth telling about a column under the type in force. */
export function columnWarnings({ stored, type }: TypedColumn): readonly TableWarning[] {
  const column = stored.name;
  if (stored.values === 0) {
    return [{ code: "all_missing", column, count: stored.rows }];
  }
  const warnings: TableWarning[] = [];
  if (stored.valueMark) warnings.push({ code: "mark_is_value", column, ...stored.valueMark });
  if (type === "date") return [...warnings, ...dateWarnings(stored)];
  if (type !== "number" && type !== "integer") {
    const others = stored.values - stored.numeric;
    if (stored.hasNumbers && others > 0 && (type === "category" || type === "text")) {
      const rows = stored.unreadableRows;
      warnings.push({ code: "not_all_numbers", column, count: others, rows });
    }
    return warnings;
  }
  const { mixedCurrencies, mixedPercent } = stored;
  if (mixedCurrencies) warnings.push({ code: "mixed_currencies", column, ...mixedCurrencies });
  if (mixedPercent) warnings.push({ code: "mixed_percent", column, ...mixedPercent });
  const sentinel = sentinelOf(stored);
  if (sentinel) warnings.push({ code: "sentinel_values", column, ...sentinel });
  const unreadable = stored.values - stored.numeric;
  if (unreadable > 0) {
    const rows = stored.unreadableRows;
    warnings.push({ code: "unreadable_numbers", column, count: unreadable, rows });
  }
  if (stored.infinite > 0) {
    const rows = stored.infiniteRows;
    warnings.push({ code: "infinite_values", column, count: stored.infinite, rows });
  }
  return warnings;
}

function dateWarnings({ name, undated, dateOrder, dated }: StoredColumn): readonly TableWarning[] {
  const warnings: TableWarning[] = [];
  const order = dateOrder && { text: dateOrder.isMonthFirst ? "month" : "day" };
  if (undated.count > 0) {
    warnings.push({ code: "unreadable_dates", column: name, ...undated, ...order });
  }
  if (dateOrder?.isAmbiguous && dated > 1) {
    warnings.push({ code: "ambiguous_dates", column: name, count: dated, ...order });
  }
  return warnings;
}

/** Numbers that instruments and surveys write where there is no value. */
const SENTINELS = [
  -9999, -999, -99_999, -9999.9, -999.9, -99.9, -99, 999, 9999, 99_999, -8888, -7777,
];
const HIGHEST_BELOW = -99;
const LOWEST_ABOVE = 999;

/** One of them that comes several times, as far from all others as these are from each other. */
function sentinelOf(
  stored: StoredColumn,
): { readonly text: string; readonly count: number } | null {
  const values = stored.categoryNumbers ?? stored.numbers;
  if (!values) return null;
  const times = (i: number) => (stored.categoryNumbers ? stored.counts[i]! : 1);
  const found = new Map<number, number>();
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const mayBe = value <= HIGHEST_BELOW || value >= LOWEST_ABOVE;
    if (mayBe && SENTINELS.includes(value)) found.set(value, (found.get(value) ?? 0) + times(i));
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  for (const [sentinel, count] of found) {
    const isFar = sentinel < min - (max - min) || sentinel > max + (max - min);
    if (count >= 2 && isFar && max > min) return { text: String(sentinel), count };
  }
  return null;
}

function numbersAs(
  type: ColumnType,
  cells: Cells,
  categories: readonly string[],
): () => Float64Array | null {
  // A constant may still be a feature that is the same in all of these rows.
  if (type === "number" || type === "integer" || type === "constant") return () => cells.numbers;
  if (type === "date") return () => cells.dates;
  const truth = type === "boolean" ? truthOf(categories) : null;
  if (!truth) return () => null;
  return reclaimable(() =>
    Float64Array.from(cells.codes ?? [], (code) => (code < 0 ? NaN : truth[code]!)),
  );
}

function countAs({ stored, type }: TypedColumn): number {
  if (type === "number" || type === "integer") return stored.numeric;
  return type === "date" ? stored.values - stored.undated.count : stored.values;
}

interface Summary {
  readonly range: readonly [number, number];
  readonly mean: number;
  readonly histogram: readonly number[];
}

function summaryOf(stored: StoredColumn, isNumbers: boolean): Summary | null {
  const values = isNumbers ? stored.categoryNumbers : stored.categoryDates;
  if (values) return summarise(values, stored.counts);
  const all = isNumbers ? stored.numbers : stored.dates;
  return all && summarise(all, null);
}

/** @param counts - How often each value occurs; once if null. */
function summarise(values: Float64Array, counts: readonly number[] | null): Summary | null {
  let count = 0;
  let total = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const times = counts ? counts[i]! : 1;
    count += times;
    total += value * times;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return null;
  const histogram = new Array<number>(BINS).fill(0);
  const width = halfBin(min, max);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    histogram[binOf(value, min, width)]! += counts ? counts[i]! : 1;
  }
  const mean = Number.isFinite(total) ? total / count : meanOfHuge(values, counts, count);
  return { range: [min, max], mean, histogram };
}

/** Half the width of a bin: twice that may be more than a double holds. */
export function halfBin(min: number, max: number): number {
  return (max / 2 - min / 2) / BINS;
}

/** Which bar of its column's histogram a value belongs to. */
export function binOf(value: number, min: number, half: number): number {
  const bin = half > 0 ? Math.floor((value / 2 - min / 2) / half) : 0;
  return Math.min(BINS - 1, bin);
}

/** The sum of these numbers is more than a double holds. */
function meanOfHuge(values: Float64Array, counts: readonly number[] | null, count: number): number {
  return values.reduce(
    (mean, value, i) =>
      Number.isNaN(value) ? mean : mean + value * ((counts ? counts[i]! : 1) / count),
    0,
  );
}

function topOf(
  categories: readonly string[],
  counts: readonly number[],
): { value: string; count: number }[] {
  return categories
    .map((value, code) => ({ value, count: counts[code]! }))
    .sort((a, b) => b.count - a.count)
    .slice(0, TOP);
}
