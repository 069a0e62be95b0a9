import { stratifiedFolds } from "../../learner/folds";
import type { ClassTarget } from "../../learner/target";
import { type Matrix, zeros } from "../../ground/matrix";
import { firstWithinNoise } from "./restraint";

/** A weighted mean of learnwares' class probabilities. */
export interface ClassStack {
  /** Shape [m], ≥ 0, sum 1. */
  readonly weights: Float64Array;
  /** Rows that the mixture's weights count for; Infinity where it is the mixture. */
  readonly penalty: number;
}

/** From the most to the least restrained: of equals the first is taken. */
const PENALTIES = [Infinity, 300, 100, 30, 10, 3, 1];
const MOST_FOLDS = 10;
const STEPS = 100;
/** What a class that a learnware rules out counts as. */
const LEAST_PROBABILITY = 1e-3;

/**
 * Weights v on the simplex that make Σ vₘ pₘ(y) large: maximises Σᵢ log Σ vₘ pₘᵢ(yᵢ) + λ Σ wₘ log vₘ, by the
 * multiplicative updates vₘ ← (Σᵢ vₘ pₘᵢ / Σₗ vₗ pₗᵢ + λ wₘ) / (n + λ), which are expectation maximisation.
 *
 * λ, the number of rows that the mixture's weights w count for, is the one with the least cross-validated log loss of
 * up to 10 folds. Cost is O(folds · penalties · n · m).
 *
 * Source: Dempster, Laird, Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", Journal of the Royal
 * Statistical Society B 39 (1977), section 4.3 (mixing proportions).
 *
 * @param values - Per learnware: shape [n, classes], rows sum to 1; n ≥ 2.
 * @param target - n codes.
 * @param shares - Shape [m]: w, ≥ 0, sum 1.
 */
export function stackClasses(
  values: readonly Matrix<Float64Array>[],
  { codes }: ClassTarget,
  shares: Float64Array,
): ClassStack {
  const given = givenToTruth(values, codes);
  const count = Math.min(MOST_FOLDS, codes.length);
  const folds = stratifiedFolds(codes, count);
  const rows = Int32Array.from(codes.keys());
  const losses = PENALTIES.map((penalty) => {
    const loss = new Float64Array(codes.length);
    for (let fold = 0; fold < count; fold++) {
      const fitted = rows.filter((row) => folds[row] !== fold);
      const weights = maximise(given, fitted, shares, penalty);
      for (const row of rows) {
        if (folds[row] === fold) loss[row] = -Math.log(weighted(weights, given, row));
      }
    }
    return loss;
  });
  const penalty = PENALTIES[firstWithinNoise(losses)]!;
  return { weights: maximise(given, rows, shares, penalty), penalty };
}

/** What each learnware gives the true class of each row, which is all that counts: shape [n, m], > 0. */
function givenToTruth(
  values: readonly Matrix<Float64Array>[],
  codes: Int32Array,
): Matrix<Float64Array> {
  const given = zeros(codes.length, values.length);
  values.forEach(({ data, cols }, m) => {
    codes.forEach((code, i) => {
      given.data[i * given.cols + m] = Math.max(LEAST_PROBABILITY, data[i * cols + code]!);
    });
  });
  return given;
}

function maximise(
  given: Matrix<Float64Array>,
  rows: Int32Array,
  shares: Float64Array,
  penalty: number,
): Float64Array {
  if (penalty === Infinity) return shares;
  const m = shares.length;
  // A weight that began at 0 would stay there.
  let weights = shares.map((share) => (share + 1 / m) / 2);
  for (let step = 0; step < STEPS; step++) {
    const next = shares.map((share) => penalty * share);
    for (const row of rows) {
      const total = weighted(weights, given, row);
      for (let l = 0; l < m; l++) next[l]! += (weights[l]! * given.data[row * m + l]!) / total;
    }
    weights = next.map((sum) => sum / (rows.length + penalty));
  }
  return weights;
}

function weighted(
  weights: Float64Array,
  { data, cols }: Matrix<Float64Array>,
  row: number,
): number {
  let sum = 0;
  for (let l = 0; l < cols; l++) sum += weights[l]! * data[row * cols + l]!;
  return sum;
}
