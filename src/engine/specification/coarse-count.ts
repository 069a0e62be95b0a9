/**
 * A row count rounded down, so that it identifies no table: to two significant figures from a hundred on, to tens below
 * that, and any count under ten becomes 1.
 *
 * At least nine counts look the same: two tables that differ in a row can hardly be told apart by it.
 *
 * @param count - A whole number ≥ 0; 0, which means that it is not known, stays.
 */
export function coarseCount(count: number): number {
  if (count < 10) return Math.min(1, count);
  const step = 10 ** Math.max(1, Math.floor(Math.log10(count)) - 1);
  return Math.floor(count / step) * step;
}
