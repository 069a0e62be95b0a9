import { type Matrix, zeros } from "../../ground/matrix";

const MOST_SWEEPS = 60;

/** Eigenvalues and vectors of a symmetric matrix. */
export interface Eigen {
  /** Shape [d], descending. */
  readonly values: Float64Array;
  /** Shape [d, d]: a vector of length 1 in each row, its largest part positive. */
  readonly vectors: Matrix<Float64Array>;
}

/**
 * All eigenvalues and vectors, by rotations that each make one element zero. Needs additions, products and square roots alone, so
 * that every machine gives the same bytes. Cost is O(d³) for each of some ten sweeps.
 *
 * Source: Golub, Van Loan, "Matrix Computations", 4th edition, algorithm 8.5.2 (cyclic Jacobi).
 *
 * @param symmetric - Shape [d, d]; not changed.
 */
export function symmetricEigen({ data, cols: d }: Matrix<Float64Array>): Eigen {
  const a = data.slice();
  const v = zeros(d, d).data;
  for (let i = 0; i < d; i++) v[i * d + i] = 1;
  const size = Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, d) > 1e-14 * size; sweep++) {
    for (let p = 0; p < d - 1; p++) for (let q = p + 1; q < d; q++) rotate(a, v, d, p, q);
  }
  const order = Array.from({ length: d }, (_, i) => i).sort(
    (i, j) => a[j * d + j]! - a[i * d + i]!,
  );
  const vectors = zeros(d, d);
  order.forEach((from, to) => {
    const vector = v.subarray(from * d, (from + 1) * d);
    let largest = 0;
    for (const part of vector) if (Math.abs(part) > Math.abs(largest)) largest = part;
    const sign = largest < 0 ? -1 : 1;
    vectors.data.set(
      vector.map((part) => sign * part),
      to * d,
    );
  });
  return { values: Float64Array.from(order, (i) => a[i * d + i]!), vectors };
}

/** Make element (p, q) zero. */
function rotate(a: Float64Array, v: Float64Array, d: number, p: number, q: number): void {
  const apq = a[p * d + q]!;
  if (apq === 0) return;
  const tau = (a[q * d + q]! - a[p * d + p]!) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < d; k++) {
    const kp = a[k * d + p]!;
    const kq = a[k * d + q]!;
    a[k * d + p] = c * kp - s * kq;
    a[k * d + q] = s * kp + c * kq;
  }
  turn(a, d, p, q, c, s);
  turn(v, d, p, q, c, s);
}

/** Rows p and q of a matrix, turned. */
function turn(m: Float64Array, d: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < d; k++) {
    const pk = m[p * d + k]!;
    const qk = m[q * d + k]!;
    m[p * d + k] = c * pk - s * qk;
    m[q * d + k] = s * pk + c * qk;
  }
}

function offDiagonal(a: Float64Array, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) sum += a[i * d + j]! ** 2;
  return Math.sqrt(2 * sum);
}
