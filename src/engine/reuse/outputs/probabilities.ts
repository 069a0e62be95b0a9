import { EngineError } from "../../ground/errors";
import { softmaxInPlace } from "../../learner/trees/boosting-loss";
import type { Matrix } from "../../ground/matrix";

/**
 * What the columns of a classifier's output are. `shares`: ≥ 0 and of one total in every row, as probabilities,
 * percentages and votes are. `scores`: each in [0, 1] but of no common total, as one-against-the-rest
 * classifiers give. `logits`: anything else.
 */
export type ClassForm = "shares" | "scores" | "logits";

/** Single-precision probabilities of a thousand classes sum to one within this. */
const TOLERANCE = 1e-3;
/** Probabilities that are corrected, or whose logarithms are taken, count as no less. */
export const LEAST_PROBABILITY = 1e-3;

/**
 * Tell what a classifier's numbers are by looking at them.
 *
 * @param values - Shape [n, classes], finite; all rows at hand, not a block of them, lest blocks be told apart.
 */
export function recogniseForm({ data, rows, cols }: Matrix): ClassForm {
  let inUnit = true;
  let common = rows > 0 ? sumOfRow(data, 0, cols) : 1;
  for (const value of data) {
    if (value < -TOLERANCE) return "logits";
    if (value > 1 + TOLERANCE) inUnit = false;
  }
  for (let i = 1; i < rows && common > 0; i++) {
    if (Math.abs(sumOfRow(data, i, cols) - common) > TOLERANCE * common) common = 0;
  }
  // One row of positive numbers has a total in any case: only a total of one says something then.
  if (rows < 2 && Math.abs(common - 1) > TOLERANCE) common = 0;
  if (common > 0) return "shares";
  return inUnit ? "scores" : "logits";
}

/**
 * Class probabilities from a classifier's numbers: softmax of logits; shares and scores are divided by their sum.
 *
 * @param values - Shape [n, classes], finite.
 * @returns Shape [n, classes]; each row sums to 1 and is uniform where nothing was given.
 * @throws EngineError `bad_parameter` without a class.
 */
export function toProbabilities(values: Matrix, form: ClassForm): Matrix<Float64Array> {
  const { rows, cols } = values;
  if (cols < 1) throw new EngineError("bad_parameter", "a classifier needs at least one class");
  const data = Float64Array.from(values.data);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    if (form === "logits") softmaxInPlace(row);
    else scaleToOne(row);
  }
  return { data, rows, cols };
}

/** Of probabilities, none of which counts as less than a thousandth. */
export function logarithms({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  return { data: data.map((p) => Math.log(Math.max(LEAST_PROBABILITY, p))), rows, cols };
}

/** Divide a row by its sum, what rounding left below 0 being 0; a row of zeros becomes uniform. */
function scaleToOne(row: Float64Array): void {
  let total = 0;
  for (let k = 0; k < row.length; k++) total += row[k] = Math.max(0, row[k]!);
  if (total > 0) for (let k = 0; k < row.length; k++) row[k]! /= total;
  else row.fill(1 / row.length);
}

function sumOfRow(data: Matrix["data"], i: number, cols: number): number {
  let sum = 0;
  for (let k = 0; k < cols; k++) sum += data[i * cols + k]!;
  return sum;
}
