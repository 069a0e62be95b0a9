import { EngineError } from "../errors";
import type { Matrix } from "../matrix";
import { blend } from "./blend";
import { matchLabels } from "./outputs";
import { scaleToOne } from "./probabilities";

/** Predicted numbers of one model. */
export interface NumberVote {
  /** Share in the average, ≥ 0. */
  readonly weight: number;
  /** Shape [n]. */
  readonly values: Float32Array | Float64Array;
}

/** Predicted class probabilities of one model. */
export interface ClassVote {
  /** Share in the average, ≥ 0. */
  readonly weight: number;
  /** Names of the columns. */
  readonly labels: readonly string[];
  /** Shape [n, labels]. */
  readonly probabilities: Matrix;
}

/** Probabilities whose columns have names. */
export interface ClassAverage {
  readonly labels: readonly string[];
  /** Shape [n, labels]; each row sums to 1. */
  readonly probabilities: Matrix<Float64Array>;
}

/**
 * Weighted mean of predicted numbers: Σₘ wₘ yₘ / Σₘ wₘ. Cost is O(models · n).
 *
 * @param votes - One or more, all of n values.
 * @returns Shape [n].
 * @throws EngineError `bad_parameter` if a weight is negative or all are 0; `shape_mismatch` if the lengths differ.
 */
export function averageNumbers(votes: readonly NumberVote[]): Float64Array {
  const shares = normaliseShares(votes.map(({ weight }) => weight));
  const rows = votes[0]!.values.length;
  const columns = votes.map(({ values }) => {
    checkLength(values.length, rows);
    return { data: values, rows, cols: 1 };
  });
  return blend(columns, shares).data;
}

/**
 * Weighted mean of class probabilities, columns matched by label: P(c) = Σₘ wₘ Pₘ(c) / Σ, where a
 * model that does not know a class gives it 0, and each row is scaled to sum to 1.
 *
 * Cost is O(models · n · labels).
 *
 * @param votes - One or more, all of n rows.
 * @returns The union of all labels in order of first appearance, and [n, labels]. A row in which no
 *   model gives anything is uniform.
 * @throws EngineError `bad_parameter` if a weight is negative or all are 0; `shape_mismatch` if rows or columns disagree.
 */
export function averageClasses(votes: readonly ClassVote[]): ClassAverage {
  const shares = normaliseShares(votes.map(({ weight }) => weight));
  const labels = [...new Set(votes.flatMap((vote) => vote.labels))];
  const rows = votes[0]!.probabilities.rows;
  const matched = votes.map(({ labels: own, probabilities }) => {
    checkLength(probabilities.rows, rows);
    checkLength(probabilities.cols, own.length);
    return matchLabels(probabilities, own, labels);
  });
  const probabilities = blend(matched, shares);
  for (let i = 0; i < rows; i++) {
    scaleToOne(probabilities.data.subarray(i * labels.length, (i + 1) * labels.length));
  }
  return { labels, probabilities };
}

/**
 * Index of the largest number in each row; the first of equals.
 *
 * @param matrix - [n, k] with k ≥ 1.
 * @returns Shape [n], in [0, k).
 */
export function largestColumns({ data, rows, cols }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < cols; k++) {
      if (data[i * cols + k]! > data[i * cols + best]!) best = k;
    }
    return best;
  });
}

/**
 * Weights divided by their sum.
 *
 * @throws EngineError `bad_parameter` if one is negative, all are 0, or there is none.
 */
export function normaliseShares(weights: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(weights);
  const total = shares.reduce((sum, weight) => sum + weight, 0);
  if (shares.some((weight) => !(weight >= 0)) || !(total > 0 && Number.isFinite(total))) {
    throw new EngineError(
      "bad_parameter",
      `weights must be ≥ 0 and not all 0, got ${shares.join(", ")}`,
    );
  }
  return shares.map((weight) => weight / total);
}

function checkLength(length: number, required: number): void {
  if (length !== required) {
    throw new EngineError("shape_mismatch", `predictions of ${required} expected, got ${length}`);
  }
}
