/** @file A user's table as it is read: what models take, what specifications compare, and the user's own columns. */

import { encodeRows } from "../space/encode";
import type { FeatureMatch, Space } from "../space/space";
import type { Matrix } from "../../../ground/matrix";
import type { Column, Table } from "../columns/column";
import { columnPart, selectRows } from "../columns/select-rows";
import type { KindRows, RowChoice } from "../../kind";

/** Shape [n, encoded columns of the island]: as models take them, unscaled, NaN where missing. */
export type EncodedRows = Matrix<Float32Array<ArrayBuffer>>;

/** Categories of more values are left out of a learner's inputs. */
const MOST_VALUES = 10;
/** A learner's time and its need of labels grow with the columns. */
const MOST_OWN_COLUMNS = 200;

/**
 * Some rows of a table.
 *
 * @param matches - Which columns play the island's features; the column of answers is not to be one of them.
 * @param own - From `ownColumns`; null if they are not wanted.
 */
export function readRows(
  table: Table,
  island: Space,
  matches: readonly FeatureMatch[],
  own: readonly OwnColumn[] | null,
  rows: RowChoice,
): KindRows<EncodedRows> {
  const isList = rows instanceof Int32Array;
  const chosen = isList ? selectRows(table, rows) : table;
  const range = isList ? { from: 0, to: rows.length } : rows;
  return {
    count: range.to - range.from,
    fed: encodeRows(chosen, island, matches, { ...range, scaled: false }),
    scaled: encodeRows(chosen, island, matches, { ...range, scaled: true }),
    own: own && own.length > 0 ? encodeOwn(chosen, own, range) : null,
    time: own && timesOf(chosen, range),
  };
}

/** By the first column of dates. */
function timesOf(
  { columns }: Table,
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array<ArrayBuffer> | null {
  const dates = columns.find(({ type }) => type === "date");
  const { numbers } = dates ? columnPart(dates, from, to) : { numbers: null };
  return numbers && Float64Array.from(numbers.subarray(0, to - from));
}

/** Matches without a column: its feature gets the island's typical value. */
export function matchesWithout(
  matches: readonly FeatureMatch[],
  column: number | null,
): readonly FeatureMatch[] {
  if (column === null) return matches;
  return matches.map((match) => (match.column === column ? { ...match, column: null } : match));
}

/** One input of a learner: a column of numbers, or one value of a category. */
export interface OwnColumn {
  readonly column: number;
  /** Index of the category that is 1, all others being 0; null for numbers. */
  readonly category: number | null;
}

/**
 * The columns of a table that a learner can learn from, whether or not an island knows them: numbers, and categories
 * of at most 10 values, 200 in all.
 *
 * @param answers - Index of the column to be predicted, which is left out.
 */
export function ownColumns({ columns }: Table, answers: number | null): OwnColumn[] {
  return columns
    .flatMap((column, index) => (index === answers ? [] : inputsOf(column, index)))
    .slice(0, MOST_OWN_COLUMNS);
}

function inputsOf({ type, categories }: Column, column: number): OwnColumn[] {
  if (type === "number" || type === "integer" || type === "boolean") {
    return [{ column, category: null }];
  }
  if (type !== "category" || categories.length > MOST_VALUES) return [];
  return categories.map((_, category) => ({ column, category }));
}

function encodeOwn(
  table: Table,
  own: readonly OwnColumn[],
  { from, to }: { readonly from: number; readonly to: number },
): Matrix<Float32Array<ArrayBuffer>> {
  const [rows, cols] = [to - from, own.length];
  const data = new Float32Array(rows * cols);
  own.forEach(({ column, category }, k) => {
    const { numbers, codes } = columnPart(table.columns[column]!, from, to);
    for (let i = 0; i < rows; i++) data[i * cols + k] = cellOf(numbers, codes, category, i);
  });
  return { data, rows, cols };
}

function cellOf(
  numbers: Float64Array | null,
  codes: Int32Array | null,
  category: number | null,
  row: number,
): number {
  if (category === null) return numbers?.[row] ?? NaN;
  const code = codes?.[row] ?? -1;
  return code < 0 ? NaN : Number(code === category);
}
