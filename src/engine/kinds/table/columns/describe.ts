import { type Cells, reclaimable } from "./cells";
import type { Column, ColumnType } from "./column";
import { possibleTypes, truthOf } from "./detect-type";
import type { ColumnProfile, TableWarning } from "./profile";
import type { StoredColumn, TypedColumn } from "./stored-column";

const BINS = 20;
const TOP = 10;

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
  const distinctIsExact = stored.hasCodes || stored.values === 0;
  const isNumbers = type === "number" || type === "integer";
  const isMeasured = isNumbers || type === "date";
  const summary = isMeasured ? summaryOf(stored, isNumbers) : null;
  return {
    name: stored.name,
    type,
    detected,
    possible: possibleTypes(stored, detected),
    count,
    missing: stored.rows - count,
    distinct: distinctIsExact ? stored.categories.length : stored.distinctSeen + 1,
    distinctIsExact,
    range: summary?.range ?? null,
    mean: type === "date" ? null : (summary?.mean ?? null),
    histogram: summary?.histogram ?? null,
    top: isMeasured || !stored.hasCodes ? null : topOf(stored.categories, stored.counts),
  };
}

/** What is worth telling about a column under the type in force. */
export function columnWarnings({ stored, type }: TypedColumn): readonly TableWarning[] {
  const column = stored.name;
  if (stored.values === 0) {
    return [{ code: "all_missing", column, count: stored.rows }];
  }
  if (type !== "number" && type !== "integer") return [];
  const warnings: TableWarning[] = [];
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
  return type === "date" ? stored.dated : stored.values;
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
  const width = (max / 2 - min / 2) / BINS;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const bin = width > 0 ? Math.floor((value / 2 - min / 2) / width) : 0;
    histogram[Math.min(BINS - 1, bin)]! += counts ? counts[i]! : 1;
  }
  const mean = Number.isFinite(total) ? total / count : meanOfHuge(values, counts, count);
  return { range: [min, max], mean, histogram };
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
