import { EngineError } from "../../../ground/errors";
import type { Column } from "../columns/column";
import { binOf, halfBin } from "../columns/describe";
import type { ReadTable } from "../columns/typed-table";

/** Which rows to show, by one column: those in any of these bars, with any of these values, or without a value. */
export interface ColumnFilter {
  readonly column: number;
  /** Bars of its histogram, counted from 0. */
  readonly bins: readonly number[];
  /** As `top` of its profile has them. */
  readonly values: readonly string[];
  readonly missing: boolean;
}

/**
 * The rows that pass every filter, ascending. Cost is O(rows) for each.
 *
 * @throws EngineError `bad_parameter` if there is no such column, or nothing is kept that would tell its rows apart.
 */
export function filterRows(
  { table, profile }: Pick<ReadTable, "table" | "profile">,
  filters: readonly ColumnFilter[],
): Int32Array<ArrayBuffer> {
  const tests = filters.map((filter) => {
    const column = table.columns[filter.column];
    const range = profile.columns[filter.column]?.range ?? null;
    if (!column) throw new EngineError("bad_parameter", `there is no column ${filter.column}`);
    return testOf(column, range, filter);
  });
  const rows = new Int32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    if (tests.every((test) => test(row))) rows[count++] = row;
  }
  return rows.slice(0, count);
}

function testOf(
  { name, numbers, codes, categories }: Column,
  range: readonly [number, number] | null,
  { bins, values, missing }: ColumnFilter,
): (row: number) => boolean {
  if (range && numbers) {
    const [min, max] = range;
    const half = halfBin(min, max);
    const wanted = new Set(bins);
    return (row) => {
      const value = numbers[row]!;
      return Number.isNaN(value) ? missing : wanted.has(binOf(value, min, half));
    };
  }
  if (!codes) {
    throw new EngineError("bad_parameter", `column "${name}" has too many values to filter by`);
  }
  const wanted = new Set(values);
  const hits = Uint8Array.from(categories, (value) => Number(wanted.has(value)));
  return (row) => {
    const code = codes[row]!;
    return code < 0 ? missing : hits[code] === 1;
  };
}
