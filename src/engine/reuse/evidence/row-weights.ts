import { type Matrix, zeros } from "../../ground/matrix";
import { normaliseShares } from "../outputs/average";
import { blend } from "../ways/blend";
import type { Evidence } from "./evidence";
import type { RowBlock } from "../rows/row-block";

/**
 * How probable it is that a row comes from each learnware, their mixture being the user's rows:
 * rₘ(x) = wₘ eₘ(x) / Σ wₗ eₗ(x) (Bayes' rule, with evidence e for densities).
 *
 * Where a row has no evidence for any learnware, the shares are its weights: it abstains. Most rows far from all of them
 * do have some: the nearest is the best guess there too.
 * Cost is O(n · m).
 *
 * @param evidence - Of n rows and m learnwares.
 * @param shares - Shape [m]: w, ≥ 0 and not all 0.
 * @returns `weights` [n, m], rows sum to 1; `abstained` [n], 1 or 0.
 * @throws EngineError `bad_parameter` if the shares are not usable.
 */
export function rowWeights(
  { values }: Evidence,
  shares: Float64Array,
): { readonly weights: Matrix<Float64Array>; readonly abstained: Uint8Array } {
  const prior = normaliseShares(shares);
  const { rows, cols } = values;
  const weights = zeros(rows, cols);
  const abstained = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = weights.data.subarray(i * cols, (i + 1) * cols);
    let total = 0;
    for (let m = 0; m < cols; m++) total += row[m] = prior[m]! * values.data[i * cols + m]!;
    if (!(total > 0)) {
      abstained[i] = 1;
      row.set(prior);
    } else {
      for (let m = 0; m < cols; m++) row[m]! /= total;
    }
  }
  return { weights, abstained };
}

/**
 * What is said of rows without any label: the learnwares' outputs weighed row by row where evidence was measured,
 * else by their shares.
 *
 * @returns Shape [n, c].
 * @throws EngineError as `rowWeights`.
 */
export function unlabelledEstimate(
  { outputs, evidence }: RowBlock,
  shares: Float64Array,
): Matrix<Float64Array> {
  const weights = evidence ? rowWeights(evidence, shares).weights : normaliseShares(shares);
  return blend(outputs.values, weights);
}
