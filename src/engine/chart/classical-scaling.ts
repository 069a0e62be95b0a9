import { zeros, type Matrix } from "../ground/matrix";
import { normal, seededRandom } from "../ground/random";

/** More directions than two are followed, so that the two largest part sooner from those after them. */
const FOLLOWED = 6;
const MOST_ROUNDS = 300;
const STILL = 1e-10;

/**
 * Points of the plane whose distances come near to those given: classical scaling, by the two largest eigenvectors of
 * B = −½ J D² J, found by orthogonal iteration from a start that is always the same. O(n²) for each round.
 *
 * Source: Torgerson, "Multidimensional scaling: I. Theory and method", Psychometrika 17 (1952).
 *
 * @param distances - Shape [n, n], symmetric, ≥ 0, zero on the diagonal.
 * @returns Shape [n, 2], around the origin, along the principal axes, the longer one first.
 */
export function classicalScaling({ data, rows: n }: Matrix<Float64Array>): Matrix<Float64Array> {
  const inner = doubleCentred(data, n);
  const random = seededRandom(n);
  const wide = Math.min(FOLLOWED, n);
  let basis: Float64Array[] = Array.from({ length: wide }, () =>
    Float64Array.from({ length: n }, () => normal(random)),
  );
  // Eigenvalues below zero, which no plane can show, are shifted away from the largest.
  const shift = lowestBound(inner, n);
  let last = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    orthonormalise(basis);
    const next = basis.map((vector) => times(inner, n, vector, shift));
    const size = next.slice(0, 2).reduce((sum, vector, k) => sum + dot(vector, basis[k]!), 0);
    basis = next;
    if (round > 10 && Math.abs(size - last) <= STILL * Math.abs(size)) break;
    last = size;
  }
  orthonormalise(basis);
  const axes = basis
    .map((vector) => ({ vector, value: dot(times(inner, n, vector, 0), vector) }))
    .sort((a, b) => b.value - a.value);
  const places = zeros(n, 2);
  axes.slice(0, 2).forEach(({ vector, value }, axis) => {
    const length = Math.sqrt(Math.max(0, value));
    for (let i = 0; i < n; i++) places.data[i * 2 + axis] = length * vector[i]!;
  });
  return places;
}

function doubleCentred(distances: Float64Array, n: number): Float64Array {
  const squared = distances.map((distance) => distance * distance);
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) means[i]! += squared[i * n + j]! / n;
  const mean = means.reduce((sum, one) => sum + one / n, 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      squared[i * n + j] = -0.5 * (squared[i * n + j]! - means[i]! - means[j]! + mean);
    }
  }
  return squared;
}

/** What to add to the diagonal so that no eigenvalue is far below zero, by Gershgorin's circles. */
function lowestBound(matrix: Float64Array, n: number): number {
  let lowest = 0;
  for (let i = 0; i < n; i++) {
    let rest = 0;
    for (let j = 0; j < n; j++) if (j !== i) rest += Math.abs(matrix[i * n + j]!);
    lowest = Math.min(lowest, matrix[i * n + i]! - rest);
  }
  return Math.min(-lowest, largest(matrix, n));
}

function largest(matrix: Float64Array, n: number): number {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, matrix[i * n + i]!);
  return most;
}

function times(matrix: Float64Array, n: number, vector: Float64Array, shift: number): Float64Array {
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = shift * vector[i]!;
    for (let j = 0, at = i * n; j < n; j++, at++) sum += matrix[at]! * vector[j]!;
    product[i] = sum;
  }
  return product;
}

/** Gram–Schmidt, in place; a direction that the others have already becomes zero. */
function orthonormalise(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, k) => {
    const before = Math.sqrt(dot(vector, vector));
    for (const other of vectors.slice(0, k)) subtract(vector, other, dot(vector, other));
    const length = Math.sqrt(dot(vector, vector));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  });
}

function subtract(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! -= factor * other[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
