/**
 * @file The reduction of the Python package `learnware` 0.3.2 as it is, in double precision: the
 * baseline for comparisons, and the proof that its files mean the same here.
 */

import { EngineError } from "../errors";
import { gaussianGram } from "../kernel/gaussian";
import { type Matrix, zeros } from "../matrix";
import { selfPull } from "../spec/objective";
import type { Rkme } from "../spec/rkme";
import { solveSimplexQp, solveUnconstrained } from "../spec/simplex-qp";

export interface CompatOptions {
  /** Kernel width; the package's default is 0.1. */
  readonly gamma: number;
  readonly stepSize?: number;
  readonly steps?: number;
  /** False: weights of any sign and sum. */
  readonly nonnegative?: boolean;
}

/**
 * The package's loop: weights, then `steps` times a point update and weights again.
 *
 * Cost is O(steps · n · m · d), in plain loops.
 *
 * @param x - Shape [n, d], finite.
 * @param initial - Shape [m, d]; the package starts from k-means centres.
 * @throws EngineError `shape_mismatch` if d differs.
 * @throws EngineError `bad_parameter` if gamma is not finite and positive.
 */
export function compatReduce(
  x: Matrix,
  initial: Matrix<Float64Array>,
  { gamma, stepSize = 0.1, steps = 3, nonnegative = true }: CompatOptions,
): Rkme {
  let points = initial;
  let weights = compatWeights(x, points, gamma, nonnegative);
  for (let step = 0; step < steps; step++) {
    points = compatStep(x, points, weights, gamma, stepSize);
    weights = compatWeights(x, points, gamma, nonnegative);
  }
  return { points, weights, gamma, rowCount: x.rows };
}

/**
 * The package's point update, all points from the old ones:
 * z_i ← z_i + stepSize · 2·gamma·β_i · (Σ_j β_j k(z_i, z_j)(z_i − z_j) − (2/n) Σ_x k(z_i, x)(z_i − x)).
 * It halves the first sum of the true gradient.
 *
 * @param x - Shape [n, d].
 * @param points - z, shape [m, d].
 * @param weights - β, shape [m].
 * @returns Shape [m, d].
 */
export function compatStep(
  x: Matrix,
  points: Matrix<Float64Array>,
  weights: Float64Array,
  gamma: number,
  stepSize: number,
): Matrix<Float64Array> {
  const { rows: m, cols: d } = points;
  const self = selfPull(points, weights, gaussianGram(points, points, gamma));
  const cross = gaussianGram(points, x, gamma);
  const moved = zeros(m, d);
  for (let i = 0; i < m; i++) {
    const away = new Float64Array(d);
    for (let r = 0; r < x.rows; r++) {
      const k = cross.data[i * x.rows + r]!;
      for (let c = 0; c < d; c++) away[c]! += k * (points.data[i * d + c]! - x.data[r * d + c]!);
    }
    for (let c = 0; c < d; c++) {
      const slope = -2 * gamma * weights[i]! * (self.data[i * d + c]! - (2 / x.rows) * away[c]!);
      moved.data[i * d + c] = points.data[i * d + c]! - stepSize * slope;
    }
  }
  return moved;
}

/** The package's weights for given points, shape [m]. */
export function compatWeights(
  x: Matrix,
  points: Matrix<Float64Array>,
  gamma: number,
  nonnegative: boolean,
): Float64Array {
  const gram = gaussianGram(points, points, gamma);
  const cross = gaussianGram(points, x, gamma);
  const means = new Float64Array(points.rows);
  for (let i = 0; i < points.rows; i++) {
    let sum = 0;
    for (let r = 0; r < x.rows; r++) sum += cross.data[i * x.rows + r]!;
    means[i] = sum / x.rows;
  }
  return nonnegative ? solveSimplexQp(gram, means).weights : solveUnconstrained(gram, means);
}

/**
 * The package's cleaning: what is not finite becomes the mean of its column's finite values.
 *
 * @param x - Shape [n, d].
 * @throws EngineError `no_usable_rows` if a column has no finite value; `details.column` is its index.
 */
export function compatClean(x: Matrix): Matrix<Float64Array> {
  const { rows, cols } = x;
  const clean = zeros(rows, cols);
  for (let c = 0; c < cols; c++) {
    let sum = 0;
    let count = 0;
    for (let r = 0; r < rows; r++) {
      const value = x.data[r * cols + c]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    if (count === 0) {
      throw new EngineError("no_usable_rows", `column ${c} has no finite value`, { column: c });
    }
    for (let r = 0; r < rows; r++) {
      const value = x.data[r * cols + c]!;
      clean.data[r * cols + c] = Number.isFinite(value) ? value : sum / count;
    }
  }
  return clean;
}
