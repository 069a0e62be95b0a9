import { EngineError } from "../errors";
import type { Matrix } from "../matrix";

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
  const shares = normalise(votes);
  const length = votes[0]!.values.length;
  const mean = new Float64Array(length);
  votes.forEach(({ values }, m) => {
    checkLength(values.length, length);
    for (let i = 0; i < length; i++) mean[i]! += shares[m]! * values[i]!;
  });
  return mean;
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
  const shares = normalise(votes);
  const labels = [...new Set(votes.flatMap((vote) => vote.labels))];
  const rows = votes[0]!.probabilities.rows;
  const cols = labels.length;
  const data = new Float64Array(rows * cols);
  votes.forEach(({ labels: own, probabilities }, m) => {
    checkLength(probabilities.rows, rows);
    checkLength(probabilities.cols, own.length);
    own.forEach((label, k) => {
      const column = labels.indexOf(label);
      for (let i = 0; i < rows; i++) {
        data[i * cols + column]! += shares[m]! * probabilities.data[i * own.length + k]!;
      }
    });
  });
  for (let i = 0; i < rows; i++) scaleToOne(data.subarray(i * cols, (i + 1) * cols));
  return { labels, probabilities: { data, rows, cols } };
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

function normalise(votes: readonly { readonly weight: number }[]): number[] {
  const total = votes.reduce((sum, { weight }) => sum + weight, 0);
  if (votes.some(({ weight }) => !(weight >= 0)) || !(total > 0 && Number.isFinite(total))) {
    throw new EngineError(
      "bad_parameter",
      `weights must be ≥ 0 and not all 0, got ${votes.map(({ weight }) => weight).join(", ")}`,
    );
  }
  return votes.map(({ weight }) => weight / total);
}

function checkLength(length: number, required: number): void {
  if (length !== required) {
    throw new EngineError("shape_mismatch", `predictions of ${required} expected, got ${length}`);
  }
}

function scaleToOne(row: Float64Array): void {
  const total = row.reduce((sum, p) => sum + p, 0);
  if (total > 0) for (let k = 0; k < row.length; k++) row[k]! /= total;
  else row.fill(1 / row.length);
}
