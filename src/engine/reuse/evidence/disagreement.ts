import type { Matrix } from "../../ground/matrix";

/** One that lies farther out, in typical squared distances, has no share anyway. */
const MOST = 1e6;
/** How much a learnware's own voice counts: with none of it, one that is right is outvoted by some that are not. */
const OWN_VOICE = 0.5;
/** Two halves that differ by less are equal. */
const ROUNDING = 1e-9;

/**
 * How far each learnware's answers lie from what all say, told without any label: the square of its mean distance from
 * their weighted median, in which its own voice counts half, over the typical one, the weighted median of these squares.
 *
 * A median is not drawn along by a few that are wildly off. Of two learnwares neither is preferred unless its weight
 * is more than twice the other's. Cost is O(n · m² · c).
 *
 * Source: Bates, Granger, "The Combination of Forecasts", Operational Research Quarterly 20 (1969), for shares by
 * the variance of each one's errors, in whose place differences from the median stand here.
 *
 * @param answers - Per learnware: shape [n, c], finite.
 * @param weights - Shape [n, m]: of the learnwares in each row; rows sum to 1.
 * @param shares - Shape [m], ≥ 0, sum 1: tell what is typical.
 * @returns Shape [m], in [0, 1e6]; about 1 where a learnware is off by as much as most are.
 */
export function disagreement(
  answers: readonly Matrix[],
  weights: Matrix<Float64Array>,
  shares: Float64Array,
): Float64Array {
  const { rows, cols } = answers[0]!;
  const squared = new Float64Array(answers.length);
  const distances = new Float64Array(answers.length);
  for (let i = 0; i < rows; i++) {
    const own = weights.data.subarray(i * weights.cols, (i + 1) * weights.cols);
    squared.fill(0);
    for (let k = 0; k < cols; k++) {
      const said = Float64Array.from(answers, ({ data }) => data[i * cols + k]!);
      const order = inOrder(said);
      said.forEach((one, m) => (squared[m]! += (one - median(said, own, order, m)) ** 2));
    }
    squared.forEach((sum, m) => (distances[m]! += Math.sqrt(sum) / rows));
  }
  const squares = distances.map((distance) => distance ** 2);
  const typical = median(squares, shares, inOrder(squares));
  return squares.map((square) => {
    if (typical > 0) return Math.min(MOST, square / typical);
    return square > 0 ? MOST : 1;
  });
}

function inOrder(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
}

/**
 * The weighted median, the middle of two where half of the weight lies to either side.
 *
 * @param weights - ≥ 0, not all 0.
 * @param order - Indices of the values, the least first.
 * @param hushed - Of the one whose weight does not count in full, if there is one.
 */
function median(
  values: Float64Array,
  weights: Float64Array,
  order: Int32Array,
  hushed = -1,
): number {
  const weightOf = (m: number) => (m === hushed ? OWN_VOICE * weights[m]! : weights[m]!);
  const half = order.reduce((sum, m) => sum + weightOf(m), 0) / 2;
  let below = 0;
  let lower = NaN;
  for (const m of order) {
    below += weightOf(m);
    if (Number.isNaN(lower) && below >= half * (1 - ROUNDING)) lower = values[m]!;
    if (below > half * (1 + ROUNDING)) return (lower + values[m]!) / 2;
  }
  return lower;
}
