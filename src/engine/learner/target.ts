import { EngineError } from "../ground/errors";
import type { Matrix } from "../ground/matrix";

/** What a learner learns to predict. */
export type Target = NumberTarget | ClassTarget;

export interface NumberTarget {
  readonly task: "regression";
  /** Shape [n], finite. */
  readonly values: Float64Array;
}

export interface ClassTarget {
  readonly task: "classification";
  /** Shape [n], each in [0, classes). */
  readonly codes: Int32Array;
  /** At least 2. */
  readonly classes: number;
}

/**
 * Refuse training data no learner could use.
 *
 * @param inputs - [n, d], NaN where missing.
 * @param target - n values or class codes.
 * @throws EngineError `shape_mismatch` if the rows differ in number, or `data` is not [n, d].
 * @throws EngineError `no_usable_rows` below two rows, or without a feature.
 * @throws EngineError `bad_parameter` if a value is not finite, a code is out of range, or there is only one class.
 */
export function checkTraining(inputs: Matrix<Float32Array>, target: Target): void {
  const { rows, cols, data } = inputs;
  if (data.length !== rows * cols) {
    throw new EngineError("shape_mismatch", `${data.length} numbers are not ${rows} × ${cols}`);
  }
  if (rows < 2 || cols < 1) {
    throw new EngineError(
      "no_usable_rows",
      `a learner needs 2 rows and 1 feature, got ${rows} and ${cols}`,
    );
  }
  const answers = target.task === "regression" ? target.values : target.codes;
  if (answers.length !== rows) {
    throw new EngineError("shape_mismatch", `${rows} rows but ${answers.length} target values`);
  }
  if (target.task === "regression") {
    const wrong = target.values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      throw new EngineError("bad_parameter", `target ${wrong} is not a finite number`);
    }
    return;
  }
  if (!(target.classes >= 2)) {
    throw new EngineError("bad_parameter", `classes must be ≥ 2, got ${target.classes}`);
  }
  const wrong = target.codes.findIndex((code) => code < 0 || code >= target.classes);
  if (wrong >= 0) {
    throw new EngineError(
      "bad_parameter",
      `class code ${target.codes[wrong] ?? NaN} of row ${wrong} is not below ${target.classes}`,
    );
  }
}

/**
 * Refuse rows of another width than a model was trained on.
 *
 * @throws EngineError `shape_mismatch` if the widths differ.
 */
export function checkWidth(inputs: Matrix, features: number): void {
  if (inputs.cols !== features) {
    throw new EngineError(
      "shape_mismatch",
      `the model takes ${features} features, got ${inputs.cols}`,
    );
  }
}

/** The target of some of the rows, in the order given. */
export function pickTarget(target: Target, rows: ArrayLike<number>): Target {
  return target.task === "regression"
    ? { ...target, values: Float64Array.from(rows, (row) => target.values[row]!) }
    : { ...target, codes: Int32Array.from(rows, (row) => target.codes[row]!) };
}
