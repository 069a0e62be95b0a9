import type { LoadedRows } from "../kernel/compute";
import { type Matrix, zeros } from "../../ground/matrix";
import { solveSimplexQp } from "./simplex-qp";

/**
 * Kernel means summed in single precision are off by up to 1e-7 of themselves; a ridge of this
 * size keeps the weights from fitting that.
 */
export const SINGLE_PRECISION_RIDGE = 1e-8;

export interface WeighOptions {
  /** Kernel width, in 1 / (scaled unit)²; finite and > 0. */
  readonly gamma: number;
  /** Weights of near-by points, shape [m]. */
  readonly start?: Float64Array | undefined;
  /** Ridge of the weights' problem; by default for sums in single precision. */
  readonly ridge?: number | undefined;
}

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
 * The Python package halves the first sum, so what it follows is not this gradient.
 *
 * @param points - Shape [m, d].
 */
export async function evaluatePoints(
  rows: LoadedRows,
  points: Matrix<Float64Array>,
  { gamma, start, ridge = SINGLE_PRECISION_RIDGE }: WeighOptions,
): Promise<Evaluation> {
  const { means, pull } = await rows.kernelPull(points, gamma);
  const gram = symmetricGram(points, gamma);
  const { weights, objective } = solveSimplexQp(gram, means, { ridge, ...(start && { start }) });
  const { rows: m, cols: d } = points;
  const gradient = selfPull(points, weights, gram).data;
  for (let i = 0; i < m; i++) {
    const scale = -4 * gamma * weights[i]!;
    for (let k = i * d; k < (i + 1) * d; k++) gradient[k] = scale * (gradient[k]! + pull.data[k]!);
  }
  return { points, weights, means, value: 2 * objective, gradient };
}

/**
 * The best weights for points on rows, without their gradient: half the cost of `evaluatePoints`.
 *
 * @param points - Shape [m, d].
 * @returns Shape [m], each ≥ 0, sum 1.
 */
export async function weighPoints(
  rows: LoadedRows,
  points: Matrix<Float64Array>,
  { gamma, start, ridge = SINGLE_PRECISION_RIDGE }: WeighOptions,
): Promise<{ readonly weights: Float64Array; readonly value: number }> {
  const means = await rows.kernelMeans(points, gamma);
  const gram = symmetricGram(points, gamma);
  const { weights, objective } = solveSimplexQp(gram, means, { ridge, ...(start && { start }) });
  return { weights, value: 2 * objective };
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
  const to = pull.data;
  for (let i = 0; i < m; i++) {
    let total = 0;
    for (let j = 0; j < m; j++) {
      const share = weights[j]! * gram.data[i * m + j]!;
      if (share === 0) continue;
      total += share;
      for (let k = 0, p = i * d, q = j * d; k < d; k++, p++, q++) to[p]! -= share * z[q]!;
    }
    for (let p = i * d; p < (i + 1) * d; p++) to[p]! += total * z[p]!;
  }
  return pull;
}

/** The kernel between every two of the points, each pair once; shape [m, m]. */
function symmetricGram({ data: z, rows: m, cols: d }: Matrix<Float64Array>, gamma: number) {
  const gram = zeros(m, m);
  for (let i = 0; i < m; i++) {
    gram.data[i * m + i] = 1;
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let k = 0, p = i * d, q = j * d; k < d; k++, p++, q++) {
        const difference = z[p]! - z[q]!;
        squared += difference * difference;
      }
      const value = Math.exp(-gamma * squared);
      gram.data[i * m + j] = value;
      gram.data[j * m + i] = value;
    }
  }
  return gram;
}
