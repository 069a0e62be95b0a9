/**
 * @file Inner products and distances of reduced sets, in plain double-precision loops.
 *
 * Numbers of the Python package for the same files agree to 1e-12.
 */

import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import type { Specification } from "../specification";
import { squaredDistance } from "./gaussian";
import { gaussianGamma, sameKernel } from "./kernel";

/**
 * Inner product of two kernel mean embeddings, under the kernel of the first:
 * ⟨a, b⟩ = Σᵢⱼ a.weights[i] · b.weights[j] · k(a.points[i], b.points[j]).
 *
 * Cost is O(m · n · d); nothing larger than the inputs is stored.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification",
 * TKDE 2023.
 *
 * @returns In [−‖a‖·‖b‖, ‖a‖·‖b‖]; ≥ 0 when no weight is negative.
 * @throws EngineError `shape_mismatch` if dimensions differ, or points and weights disagree.
 * @throws EngineError `unsupported_kernel` or `bad_parameter` as `gaussianGamma`.
 */
export function innerProduct(a: Specification, b: Specification): number {
  const values = embeddingAt(a, b.points);
  checkWeights(b);
  let total = 0;
  for (let j = 0; j < values.length; j++) total += values[j]! * b.weights[j]!;
  return total;
}

/**
 * Squared maximum mean discrepancy of two reduced sets: ⟨a, a⟩ − 2⟨a, b⟩ + ⟨b, b⟩.
 *
 * The first two terms use the kernel of a, the last that of b, as the Python package does; where they
 * differ it is no distance and may be negative. Cost is O((m + n)² · d).
 *
 * Source: Gretton et al., "A Kernel Two-Sample Test", JMLR 13 (2012), Lemma 6, with general
 * weights in place of expectations.
 *
 * @returns With one kernel a squared distance, ≥ 0: rounding below zero is clamped to 0.
 * @throws EngineError `shape_mismatch` if dimensions differ, or points and weights disagree.
 * @throws EngineError `unsupported_kernel` or `bad_parameter` as `gaussianGamma`.
 */
export function squaredMmd(a: Specification, b: Specification): number {
  const squared = innerProduct(a, a) - 2 * innerProduct(a, b) + innerProduct(b, b);
  return sameKernel(a.kernel, b.kernel) ? Math.max(0, squared) : squared;
}

/**
 * Value of the embedding at points: f(x) = Σᵢ weights[i] · k(points[i], x).
 *
 * @param x - Shape [n, d].
 * @returns Shape [n].
 * @throws EngineError `shape_mismatch` if dimensions differ, or points and weights disagree.
 * @throws EngineError `unsupported_kernel` or `bad_parameter` as `gaussianGamma`.
 */
export function embeddingAt(rkme: Specification, x: Matrix): Float64Array {
  const { points, weights } = rkme;
  const gamma = gaussianGamma(rkme.kernel);
  checkWeights(rkme);
  if (points.cols !== x.cols) {
    throw new EngineError(
      "shape_mismatch",
      `points have ${points.cols} dimensions but the others have ${x.cols}`,
    );
  }
  const values = new Float64Array(x.rows);
  for (let j = 0; j < x.rows; j++) {
    let sum = 0;
    for (let i = 0; i < points.rows; i++) {
      sum += weights[i]! * Math.exp(-gamma * squaredDistance(points, i, x, j));
    }
    values[j] = sum;
  }
  return values;
}

function checkWeights({ points, weights }: Specification): void {
  if (weights.length !== points.rows) {
    throw new EngineError("shape_mismatch", `${points.rows} points but ${weights.length} weights`);
  }
}
