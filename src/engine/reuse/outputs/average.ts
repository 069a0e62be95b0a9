import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";

/**
 * Index of the largest number in each row; the first of equals.
 *
 * @param matrix - [n, k] with k ≥ 1.
 * @returns Shape [n], in [0, k).
 */
export function largestColumns({ data, rows, cols }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < cols; k++) {
      if (data[i * cols + k]! > data[i * cols + best]!) best = k;
    }
    return best;
  });
}

/**
 * Weights divided by their sum.
 *
 * @throws EngineError `bad_parameter` if one is negative, all are 0, or there is none.
 */
export function normaliseShares(weights: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(weights);
  const total = shares.reduce((sum, weight) => sum + weight, 0);
  if (shares.some((weight) => !(weight >= 0)) || !(total > 0 && Number.isFinite(total))) {
    throw new EngineError(
      "bad_parameter",
      `weights must be ≥ 0 and not all 0, got ${shares.join(", ")}`,
    );
  }
  return shares.map((weight) => weight / total);
}
