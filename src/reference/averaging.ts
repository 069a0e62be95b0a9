/** @file How the Python package `learnware` 0.3.2 averages predictions (`AveragingReuser`), quirks included. */

import { EngineError } from "../engine/ground/errors";
import type { Matrix } from "../engine/ground/matrix";
import { largestColumns } from "../engine/reuse/outputs/average";

/**
 * `mean`: of all columns of all models. `vote_by_label`: the most frequent label.
 * `vote_by_prob`: the mean of probabilities.
 */
export type AveragingMode = "mean" | "vote_by_label" | "vote_by_prob";

/** What one model predicts. */
export interface Prediction {
  /** Shape [n, c]; a model that gives one number per row has c = 1. */
  readonly values: Matrix;
  /** NumPy's number of axes: false for a plain vector of n. */
  readonly isMatrix: boolean;
  /** NumPy's kind of number: labels are only counted if they are whole by type. */
  readonly isInteger: boolean;
}

/**
 * Average the predictions of several models on the same n rows.
 *
 * As in the package, `mean` blends the columns of several outputs into one, and `vote_by_prob` puts
 * every matrix through a softmax even if it holds probabilities already. `vote_by_label` takes the
 * largest column of a matrix of two or more as its label, and the lowest of the most frequent labels.
 *
 * Cost is O(models · n · c).
 *
 * @param predictions - One or more.
 * @returns Shape [n, 1] for `mean` and `vote_by_label`, [n, c] for `vote_by_prob`.
 * @throws EngineError `shape_mismatch` if rows (for `vote_by_prob`: or columns) differ.
 * @throws EngineError `bad_parameter` if there is no prediction, or a label is not whole by type or below 0.
 */
export function averagePredictions(
  predictions: readonly Prediction[],
  mode: AveragingMode,
): Matrix<Float64Array> {
  const [first] = predictions;
  if (!first) throw new EngineError("bad_parameter", "there is no prediction to average");
  for (const { values } of predictions) {
    const { rows, cols } = first.values;
    if (values.rows !== rows || (mode === "vote_by_prob" && values.cols !== cols)) {
      throw new EngineError(
        "shape_mismatch",
        `predictions are [${rows}, ${cols}] and [${values.rows}, ${values.cols}]`,
      );
    }
  }
  if (mode === "mean") return meanOfColumns(predictions);
  if (mode === "vote_by_prob") return meanOfProbabilities(predictions);
  return mostFrequentLabels(predictions);
}

function meanOfColumns(predictions: readonly Prediction[]): Matrix<Float64Array> {
  const rows = predictions[0]!.values.rows;
  const sums = new Float64Array(rows);
  let columns = 0;
  for (const { values } of predictions) {
    columns += values.cols;
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < values.cols; c++) sums[i]! += values.data[i * values.cols + c]!;
    }
  }
  return { data: sums.map((sum) => sum / columns), rows, cols: 1 };
}

function meanOfProbabilities(predictions: readonly Prediction[]): Matrix<Float64Array> {
  const { rows, cols } = predictions[0]!.values;
  const sums = new Float64Array(rows * cols);
  for (const { values, isMatrix } of predictions) {
    const data = Float64Array.from(values.data);
    for (let i = 0; isMatrix && i < rows; i++) softmax(data.subarray(i * cols, (i + 1) * cols));
    data.forEach((value, at) => (sums[at]! += value));
  }
  return { data: sums.map((sum) => sum / predictions.length), rows, cols };
}

function softmax(row: Float64Array): void {
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  row.forEach((value, c) => (row[c] = Math.exp(value - largest)));
  const total = row.reduce((sum, value) => sum + value, 0);
  row.forEach((value, c) => (row[c] = value / total));
}

function mostFrequentLabels(predictions: readonly Prediction[]): Matrix<Float64Array> {
  const votes = predictions.map((prediction) => labelsOf(prediction));
  const rows = predictions[0]!.values.rows;
  const winners = Float64Array.from({ length: rows }, (_, i) => {
    const counts = new Map<number, number>();
    for (const labels of votes) counts.set(labels[i]!, (counts.get(labels[i]!) ?? 0) + 1);
    const [winner] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
    return winner![0];
  });
  return { data: winners, rows, cols: 1 };
}

function labelsOf({ values, isInteger }: Prediction): ArrayLike<number> {
  if (values.cols > 1) return largestColumns(values);
  if (!isInteger) throw new EngineError("bad_parameter", "labels must be whole numbers by type");
  const negative = values.data.find((label) => label < 0);
  if (negative !== undefined) {
    throw new EngineError("bad_parameter", `labels must be ≥ 0, got ${negative}`);
  }
  return values.data;
}
