import { EngineError } from "../../ground/errors";
import type { Target } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";

/**
 * The loss of each row: the squared error of numbers, and the Brier score Σₖ (pₖ − [y = k])² of classes, which
 * unlike a log loss stays finite for the 0s and 1s of votes.
 *
 * Source: Brier, "Verification of Forecasts Expressed in Terms of Probability", Monthly Weather Review 78 (1950).
 *
 * @param values - Shape [n, 1] numbers, or [n, classes] probabilities.
 * @param target - n values or codes.
 * @returns Shape [n], ≥ 0; for classes at most 2.
 * @throws EngineError `shape_mismatch` if rows or columns do not fit the target.
 */
export function rowLosses(values: Matrix, target: Target): Float64Array {
  const { data, rows, cols } = values;
  const [length, width] =
    target.task === "regression"
      ? [target.values.length, 1]
      : [target.codes.length, target.classes];
  if (rows !== length || cols !== width) {
    throw new EngineError(
      "shape_mismatch",
      `predictions are [${rows}, ${cols}], the answers [${length}, ${width}]`,
    );
  }
  if (target.task === "regression") return target.values.map((y, i) => (data[i]! - y) ** 2);
  return Float64Array.from(target.codes, (code, i) => {
    let loss = 0;
    for (let k = 0; k < cols; k++) loss += (data[i * cols + k]! - (k === code ? 1 : 0)) ** 2;
    return loss;
  });
}
