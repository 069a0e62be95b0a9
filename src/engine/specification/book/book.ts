/** @file The public points that specifications of one version of a space are weights on. */

import { factor, solveLower } from "../../ground/cholesky";
import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";
import { gaussianGram } from "../kernel/gaussian";
import { gaussianGamma, type Kernel } from "../kernel/kernel";
import type { Specification } from "../specification";

/** Shape [m, d], on the scale of the space; in single precision, as the file has them. */
export type BookPoints = Matrix<Float64Array>;

/** A book, opened: what everything on it is worked out with. */
export interface Book {
  readonly points: BookPoints;
  readonly kernel: Kernel;
  /** K, shape [m, m]: the kernel between points. */
  readonly gram: Matrix<Float64Array>;
  /** L, shape [m, m], lower: LLᵀ = K + 1e-6 · I. */
  readonly lower: Float64Array;
}

/** Keeps the factor of points that lie close together from blowing up what single precision leaves. */
const FACTOR_RIDGE = 1e-6;

/**
 * Cost is O(m² · d + m³).
 *
 * @param points - Shape [m, d], m ≥ 1, finite.
 * @throws EngineError `unsupported_kernel` or `bad_parameter` as `gaussianGamma`.
 */
export function openBook(points: Matrix, kernel: Kernel): Book {
  const single = Float64Array.from(points.data, Math.fround);
  const held = { data: single, rows: points.rows, cols: points.cols };
  const gram = gaussianGram(held, held, gaussianGamma(kernel));
  const all = Array.from({ length: points.rows }, (_, j) => j);
  return { points: held, kernel, gram, lower: factor(gram, all, FACTOR_RIDGE) };
}

/**
 * The specification that weights on a book are: the points that carry weight, and no others.
 *
 * @param weights - Shape [m], ≥ 0, some > 0.
 */
export function onBook(
  { points, kernel }: Pick<Book, "points" | "kernel">,
  weights: Float64Array,
  rowCount: number,
): Specification {
  checkWeights(points, weights);
  const carrying = Array.from(weights.keys()).filter((j) => weights[j]! > 0);
  const { cols } = points;
  const kept = zeros(carrying.length, cols);
  carrying.forEach((j, at) => {
    kept.data.set(points.data.subarray(j * cols, (j + 1) * cols), at * cols);
  });
  const shares = Float64Array.from(carrying, (j) => weights[j]!);
  return { points: kept, weights: shares, kernel, rowCount };
}

/**
 * The sketch of weights on a book, Lᵀβ: the distance between two of them is the MMD, the inner product that of the
 * embeddings, both but for the ridge of 1e-6.
 *
 * @param weights - β, shape [m].
 * @returns Shape [m].
 */
export function sketchOnBook({ points, lower }: Book, weights: Float64Array): Float64Array {
  checkWeights(points, weights);
  const m = weights.length;
  const sketch = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    for (let j = 0; j <= i; j++) sketch[j]! += lower[i * m + j]! * weight;
  }
  return sketch;
}

/**
 * The sketch of any embedding by its values at the points, L⁻¹c: its inner product with the sketch of weights β is
 * c · β, exactly. It is the embedding's part along the book, so its norm is at most that of the embedding.
 *
 * @param means - c, shape [m]: the kernel mean at each point.
 * @returns Shape [m].
 */
export function sketchOfMeans({ points, lower }: Book, means: Float64Array): Float64Array {
  checkWeights(points, means);
  return solveLower(lower, means.slice());
}

/** @throws EngineError `shape_mismatch` if there is not one number for each point. */
export function checkWeights(points: Matrix, numbers: Float64Array): void {
  if (numbers.length === points.rows) return;
  throw new EngineError(
    "shape_mismatch",
    `the book has ${points.rows} points but there are ${numbers.length} numbers`,
  );
}
