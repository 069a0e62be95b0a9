import type { Target } from "../target";

/**
 * A loss of boosting, over scores of shape [outputs, n]: one score per row for numbers and two
 * classes, one per class otherwise.
 */
export interface BoostingLoss {
  readonly outputs: number;
  /** Best constant score per output, over the given rows. */
  start(rows: Int32Array): Float64Array;
  /** First and second derivative by the scores, written for the given rows. */
  differentiate(
    scores: readonly Float64Array[],
    rows: Int32Array,
    gradients: readonly Float64Array[],
    curvatures: readonly Float64Array[],
  ): void;
  /** Mean loss of the given rows. */
  evaluate(scores: readonly Float64Array[], rows: Int32Array): number;
}

/** The loss that fits a target: squared error, logistic (two classes), or softmax. */
export function lossOf(target: Target): BoostingLoss {
  if (target.task === "regression") return squaredError(target.values);
  return target.classes === 2 ? logistic(target.codes) : softmax(target.codes, target.classes);
}

/** 1 / (1 + exp(−x)), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

const SMALLEST = 1e-15;

function squaredError(values: Float64Array): BoostingLoss {
  return {
    outputs: 1,
    start: (rows) =>
      Float64Array.of(rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length),
    differentiate([score], rows, [gradient], [curvature]) {
      for (const row of rows) {
        gradient![row] = score![row]! - values[row]!;
        curvature![row] = 1;
      }
    },
    evaluate: ([score], rows) =>
      rows.reduce((sum, row) => sum + (score![row]! - values[row]!) ** 2, 0) / rows.length,
  };
}

function logistic(codes: Int32Array): BoostingLoss {
  return {
    outputs: 1,
    start(rows) {
      const ones = rows.reduce((sum, row) => sum + codes[row]!, 0);
      return Float64Array.of(Math.log((ones + 0.5) / (rows.length - ones + 0.5)));
    },
    differentiate([score], rows, [gradient], [curvature]) {
      for (const row of rows) {
        const p = sigmoid(score![row]!);
        gradient![row] = p - codes[row]!;
        curvature![row] = Math.max(SMALLEST, p * (1 - p));
      }
    },
    evaluate([score], rows) {
      let loss = 0;
      for (const row of rows) {
        const x = codes[row] === 1 ? score![row]! : -score![row]!;
        loss += Math.log1p(Math.exp(-Math.abs(x))) + Math.max(0, -x);
      }
      return loss / rows.length;
    },
  };
}

/** Curvatures carry the factor K / (K − 1) of Friedman, "Greedy Function Approximation", 2001, algorithm 6. */
function softmax(codes: Int32Array, classes: number): BoostingLoss {
  const factor = classes / (classes - 1);
  const p = new Float64Array(classes);
  const shares = (scores: readonly Float64Array[], row: number) => {
    for (let k = 0; k < classes; k++) p[k] = scores[k]![row]!;
    softmaxInPlace(p);
  };
  return {
    outputs: classes,
    start(rows) {
      const counts = new Float64Array(classes).fill(0.5);
      for (const row of rows) counts[codes[row]!]! += 1;
      return counts.map((count) => Math.log(count / (rows.length + classes / 2)));
    },
    differentiate(scores, rows, gradients, curvatures) {
      for (const row of rows) {
        shares(scores, row);
        for (let k = 0; k < classes; k++) {
          gradients[k]![row] = p[k]! - (codes[row] === k ? 1 : 0);
          curvatures[k]![row] = Math.max(SMALLEST, factor * p[k]! * (1 - p[k]!));
        }
      }
    },
    evaluate(scores, rows) {
      let loss = 0;
      for (const row of rows) {
        shares(scores, row);
        loss -= Math.log(Math.max(SMALLEST, p[codes[row]!]!));
      }
      return loss / rows.length;
    },
  };
}

/** Replace scores by exp(score) / Σ exp(score). */
export function softmaxInPlace(scores: Float64Array): void {
  let largest = -Infinity;
  for (const score of scores) largest = Math.max(largest, score);
  let total = 0;
  for (let k = 0; k < scores.length; k++) total += scores[k] = Math.exp(scores[k]! - largest);
  for (let k = 0; k < scores.length; k++) scores[k]! /= total;
}
