import type { LoadedRows } from "../kernel/compute";
import { gaussianGram } from "../kernel/gaussian";
import { type Matrix, zeros } from "../matrix";
import { solveSimplexQp } from "./simplex-qp";

/** Single-precision kernel means need a ridge above their rounding (FIELD-NOTES A5.9). */
export const SINGLE_PRECISION_RIDGE = 1e-8;

/** A reduced set, how well it fits, and where its points want to go. */
export interface Evaluation {
  /** Shape [m, d]. */
  readonly points: Matrix<Float64Array>;
  /** The best weights for these points, shape [m]. */
  readonly weights: Float64Array;
  /** c, shape [m]. */
  readonly means: Float64Array;
  /** MMD² between rows and reduced set, less the constant mean k(x, x′): 2 · (½βᵀKβ − cᵀβ). */
  readonly value: number;
  /** Gradient of `value` by the points at the best weights, shape [m · d]. */
  readonly gradient: Float64Array;
}

/**
 * Fit weights to points and find the gradient of the squared MMD by the points:
 * ∂/∂z_i = −4·gamma·β_i · (Σ_j β_j k(z_i, z_j)(z_i − z_j) + mean_x k(z_i, x)(x − z_i)).
 *
 * Because the weights are optimal, this is also the gradient of the minimum over the weights.
 * The Python package halves the first sum, so what it follows is not this gradient (PARITY B12).
 *
 * @param points - Shape [m, d].
 * @param gamma - Kernel width, in 1 / (scaled unit)²; finite and > 0.
 * @param start - Weights of near-by points, shape [m].
 */
export async function evaluatePoints(
  rows: LoadedRows,
  points: Matrix<Float64Array>,
  gamma: number,
  start?: Float64Array,
): Promise<Evaluation> {
  const { means, pull } = await rows.kernelPull(points, gamma);
  const gram = gaussianGram(points, points, gamma);
  const { weights, objective } = solveSimplexQp(gram, means, {
    ridge: SINGLE_PRECISION_RIDGE,
    ...(start && { start }),
  });
  const { rows: m, cols: d } = points;
  const gradient = selfPull(points, weights, gram).data;
  for (let i = 0; i < m; i++) {
    const scale = -4 * gamma * weights[i]!;
    for (let k = i * d; k < (i + 1) * d; k++) gradient[k] = scale * (gradient[k]! + pull.data[k]!);
  }
  return { points, weights, means, value: 2 * objective, gradient };
}

/**
 * Σ_j β_j k(z_i, z_j)(z_i − z_j), for every i.
 *
 * @param points - Shape [m, d].
 * @param weights - Shape [m].
 * @param gram - Shape [m, m].
 * @returns Shape [m, d].
 */
export function selfPull(
  points: Matrix<Float64Array>,
  weights: Float64Array,
  gram: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const { rows: m, cols: d, data: z } = points;
  const pull = zeros(m, d);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const share = weights[j]! * gram.data[i * m + j]!;
      if (share === 0) continue;
      for (let k = 0; k < d; k++) pull.data[i * d + k]! += share * (z[i * d + k]! - z[j * d + k]!);
    }
  }
  return pull;
}
