import type { Matrix } from "./matrix";

/**
 * Lower factor of a chosen principal submatrix with a ridge: L·Lᵀ = A[chosen, chosen] + ridge·I.
 * A pivot that rounding made too small is raised to `ridge`, so that a singular matrix still factors.
 *
 * Cost is O(k³ / 3). Source: Golub, Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.1.
 *
 * @param a - Shape [m, m], symmetric and positive semidefinite; only the lower triangle is read.
 * @param chosen - k indices below m, ascending.
 * @param ridge - > 0.
 * @returns Shape [k, k], row-major; what lies above the diagonal is not set.
 */
export function factor(
  a: Matrix<Float64Array>,
  chosen: readonly number[],
  ridge: number,
): Float64Array {
  const k = chosen.length;
  const lower = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    const from = chosen[i]! * a.cols;
    const rowI = i * k;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * k;
      let sum = a.data[from + chosen[j]!]!;
      for (let p = 0; p < j; p++) sum -= lower[rowI + p]! * lower[rowJ + p]!;
      if (i === j) lower[rowI + i] = Math.sqrt(Math.max(sum + ridge, ridge));
      else lower[rowI + j] = sum / lower[rowJ + j]!;
    }
  }
  return lower;
}

/** Solve L·y = b in place, for a factor of `b.length` rows. */
export function solveLower(lower: Float64Array, b: Float64Array): Float64Array {
  const k = b.length;
  for (let i = 0; i < k; i++) {
    let sum = b[i]!;
    for (let p = 0; p < i; p++) sum -= lower[i * k + p]! * b[p]!;
    b[i] = sum / lower[i * k + i]!;
  }
  return b;
}

/** Solve L·Lᵀ·x = b in place, for a factor of `b.length` rows. */
export function solveFactored(lower: Float64Array, b: Float64Array): Float64Array {
  const k = b.length;
  solveLower(lower, b);
  for (let i = k - 1; i >= 0; i--) {
    const value = b[i]! / lower[i * k + i]!;
    b[i] = value;
    for (let p = 0; p < i; p++) b[p]! -= lower[i * k + p]! * value;
  }
  return b;
}
