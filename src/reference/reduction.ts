/**
 * @file The reduction of the Python package `learnware` 0.3.2 as it is, in double precision: the
 * baseline for comparisons, and the proof that its files mean the same here.
 */

import { EngineError } from "../engine/ground/errors";
import { checkGamma, gaussianGram } from "../engine/specification/kernel/gaussian";
import { type Matrix, zeros } from "../engine/ground/matrix";
import { selfPull } from "../engine/specification/reduce/objective";
import type { Specification } from "../engine/specification/specification";
import { solveSimplexQp, solveUnconstrained } from "../engine/specification/reduce/simplex-qp";
import { gaussianKernel } from "../engine/specification/kernel/kernel";

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
): Specification {
  let points = initial;
  let weights = compatWeights(x, points, gamma, nonnegative);
  for (let step = 0; step < steps; step++) {
    points = compatStep(x, points, weights, gamma, stepSize);
    weights = compatWeights(x, points, gamma, nonnegative);
  }
  return { points, weights, kernel: gaussianKernel(gamma), rowCount: x.rows };
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
 * The package's specification without reduction (`reduce=False`): every row a point, all of weight 1/n.
 *
 * @param x - Shape [n, d], n ≥ 1, finite.
 * @param gamma - Kernel width.
 * @throws EngineError `bad_parameter` if gamma is not finite and positive.
 */
export function compatUnreduced(x: Matrix, gamma: number): Specification {
  checkGamma(gamma);
  return {
    points: { ...x, data: Float64Array.from(x.data) },
    weights: new Float64Array(x.rows).fill(1 / x.rows),
    kernel: gaussianKernel(gamma),
    rowCount: x.rows,
  };
}

/**
 * The package's cleaning: rows in single precision, what is not finite becomes the mean of its
 * column's finite values, summed in single precision as NumPy does.
 *
 * @param x - Shape [n, d].
 * @throws EngineError `no_usable_rows` if a column has no finite value; `details.column` is its index.
 */
export function compatClean(x: Matrix): Matrix<Float32Array> {
  const { rows, cols } = x;
  const data = Float32Array.from(x.data);
  for (let c = 0; c < cols; c++) {
    const column = Float32Array.from({ length: rows }, (_, r) => data[r * cols + c]!);
    const count = column.reduce((finite, value) => finite + (Number.isFinite(value) ? 1 : 0), 0);
    if (count === rows) continue;
    if (count === 0) {
      throw new EngineError("no_usable_rows", `column ${c} has no finite value`, { column: c });
    }
    const filled = column.map((value) => (Number.isFinite(value) ? value : 0));
    const mean = Math.fround(pairwiseSum(filled) / count);
    column.forEach((value, r) => (data[r * cols + c] = Number.isFinite(value) ? value : mean));
  }
  return { data, rows, cols };
}

/**
 * NumPy's sum of single-precision numbers: eight running sums over at most 128 of them, halves of
 * a multiple of eight beyond that.
 *
 * Source: `pairwise_sum` of NumPy 1.24, numpy/core/src/umath/loops_utils.h.src.
 */
function pairwiseSum(values: Float32Array): number {
  const n = values.length;
  if (n > 128) {
    const half = (n >> 1) - ((n >> 1) % 8);
    return Math.fround(pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half)));
  }
  const whole = n < 8 ? 0 : n - (n % 8);
  const lanes = values.slice(0, whole === 0 ? 0 : 8);
  for (let i = 8; i < whole; i++) lanes[i % 8]! += values[i]!;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  const add = (u: number, v: number) => Math.fround(u + v);
  let sum = add(add(add(a, b), add(c, d)), add(add(e, f), add(g, h)));
  for (let i = whole; i < n; i++) sum = add(sum, values[i]!);
  return sum;
}
