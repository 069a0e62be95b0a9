/**
 * Lower triangular L with A = L Lᵀ, for a symmetric positive definite A.
 *
 * Cost is O(d³ / 3). Source: Golub, Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.1.
 *
 * @param a - Shape [d, d]; only the lower triangle is read.
 * @returns Shape [d, d], zero above the diagonal. A pivot that rounding made ≤ 0 counts as tiny.
 */
export function cholesky(a: Float64Array, d: number): Float64Array {
  const l = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * d + k]! * l[j * d + k]!;
      l[i * d + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j * d + j]!;
    }
  }
  return l;
}

/** Solve L y = b in place. Cost is O(d²). */
export function solveLower(l: Float64Array, d: number, b: Float64Array): Float64Array {
  for (let i = 0; i < d; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * d + k]! * b[k]!;
    b[i] = sum / l[i * d + i]!;
  }
  return b;
}

/** Solve Lᵀ x = y in place. Cost is O(d²). */
export function solveUpper(l: Float64Array, d: number, y: Float64Array): Float64Array {
  for (let i = d - 1; i >= 0; i--) {
    let sum = y[i]!;
    for (let k = i + 1; k < d; k++) sum -= l[k * d + i]! * y[k]!;
    y[i] = sum / l[i * d + i]!;
  }
  return y;
}
