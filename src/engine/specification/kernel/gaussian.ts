import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";

/**
 * The Gaussian kernel between every pair of rows: K_ij = exp(−gamma · ‖a_i − b_j‖²).
 *
 * Cost is O(n · m · d); use it between small sets only, never on all rows of a table.
 *
 * @param a - Shape [n, d].
 * @param b - Shape [m, d].
 * @param gamma - Kernel width, in 1 / (input unit)²; finite and > 0.
 * @returns Shape [n, m], in [0, 1].
 * @throws EngineError `bad_parameter` if gamma is not finite and positive.
 * @throws EngineError `shape_mismatch` if d differs.
 */
export function gaussianGram(a: Matrix, b: Matrix, gamma: number): Matrix<Float64Array> {
  checkGamma(gamma);
  if (a.cols !== b.cols) {
    throw new EngineError("shape_mismatch", `a has ${a.cols} columns but b has ${b.cols}`);
  }
  const gram = zeros(a.rows, b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      gram.data[i * b.rows + j] = Math.exp(-gamma * squaredDistance(a, i, b, j));
    }
  }
  return gram;
}

/** ‖a_i − b_j‖², for matrices of the same number of columns. */
export function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  const d = a.cols;
  const u = a.data;
  const v = b.data;
  let sum = 0;
  for (let k = 0, p = i * d, q = j * d; k < d; k++, p++, q++) {
    const difference = u[p]! - v[q]!;
    sum += difference * difference;
  }
  return sum;
}

/** @throws EngineError `bad_parameter` if gamma is not finite and positive. */
export function checkGamma(gamma: number): void {
  if (!(gamma > 0 && Number.isFinite(gamma))) {
    throw new EngineError("bad_parameter", `gamma must be finite and > 0, got ${gamma}`);
  }
}
