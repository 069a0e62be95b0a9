/**
 * @file Numbers as coarse as the rows behind them allow. Who knows all rows but one could solve for the coins, and then
 * for that row, if what is sent told more than there are coins: at 16 bits a weight, weights on a book tell three to ten
 * bits for each. Rounded, they tell about one or less, and are no farther from the rows: half of the rows differ by more.
 */

import type { Matrix } from "../../ground/matrix";

/** Rows behind a specification from which on its weights are told more finely. */
const MANY_ROWS = 500;
/** Parts of the largest weight; divisors of 65 535, so that they are kept as they are in 16 bits. */
const [FEW_LEVELS, MANY_LEVELS] = [15, 51];
/** Steps of a point's coordinate: the largest power of two that is no more than this part of the column's deviation. */
const STEP = 1 / 16;

/**
 * Weights in whole parts of the largest: fifteen, or fifty-one of those of many rows.
 *
 * @param weights - Shape [m], ≥ 0, some > 0.
 * @param rows - How many they were solved for.
 * @returns Shape [m]: small ones are 0; sum 1.
 */
export function coarseWeights(weights: Float64Array, rows: number): Float64Array {
  const levels = rows < MANY_ROWS ? FEW_LEVELS : MANY_LEVELS;
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const parts = weights.map((weight) => Math.round((weight / largest) * levels));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/**
 * Points with coordinates in steps of a sixteenth to a thirty-second of how the rows spread in that column; as they are
 * where they do not.
 *
 * @param points - Shape [m, d].
 * @param x - Shape [n, d]: the rows that they describe.
 */
export function coarsePoints(points: Matrix<Float64Array>, x: Matrix): Matrix<Float64Array> {
  const { data, rows, cols } = points;
  const steps = deviations(x).map((deviation) => 2 ** Math.floor(Math.log2(STEP * deviation)));
  const rounded = data.map((value, at) => {
    const step = steps[at % cols]!;
    return step > 0 ? Math.fround(Math.round(value / step) * step + 0) : value;
  });
  return { data: rounded, rows, cols };
}

/** Shape [d]. */
function deviations({ data, rows, cols }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  for (let at = 0; at < data.length; at++) means[at % cols]! += data[at]! / rows;
  const squares = new Float64Array(cols);
  for (let at = 0; at < data.length; at++) {
    squares[at % cols]! += (data[at]! - means[at % cols]!) ** 2 / rows;
  }
  return squares.map(Math.sqrt);
}
