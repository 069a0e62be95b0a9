import { EngineError } from "../../ground/errors";
import type { ClassTarget } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";

/** ln T is sought here: probabilities to the power 20 to 1/20. */
const BOUND = Math.log(20);
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const TOLERANCE = 1e-4;
/** Probabilities that are calibrated count as no less. */
export const LEAST_CALIBRATED = 1e-6;

/**
 * The temperature T that makes probabilities p^(1/T) / Σ p^(1/T) fit best: the least mean log loss, by golden section
 * over ln T, in which the loss has one minimum. Above 1 the probabilities were too sure.
 *
 * Cost is O(40 · n · classes).
 *
 * Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, section 4.2.
 *
 * @param probabilities - Shape [n, classes], rows sum to 1, made without learning from these rows.
 * @param target - n codes.
 * @returns In [1/20, 20].
 * @throws EngineError `shape_mismatch` if rows or classes differ.
 */
export function fitTemperature(probabilities: Matrix<Float64Array>, target: ClassTarget): number {
  const { rows, cols } = probabilities;
  if (rows !== target.codes.length || cols !== target.classes) {
    throw new EngineError(
      "shape_mismatch",
      `probabilities are [${rows}, ${cols}], the answers [${target.codes.length}, ${target.classes}]`,
    );
  }
  const loss = (x: number) => logLoss(applyTemperature(probabilities, Math.exp(x)), target.codes);
  let [low, high] = [-BOUND, BOUND];
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atA, atB] = [loss(a), loss(b)];
  while (high - low > TOLERANCE) {
    if (atA < atB) {
      [high, b, atB] = [b, a, atA];
      a = high - GOLDEN * (high - low);
      atA = loss(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + GOLDEN * (high - low);
      atB = loss(b);
    }
  }
  return Math.exp((low + high) / 2);
}

/**
 * Probabilities at another temperature; which class is the most probable does not change.
 *
 * @param probabilities - Shape [n, classes], rows sum to 1; below 10⁻⁶ counts as that.
 * @param temperature - > 0; 1 changes nothing.
 * @returns Shape [n, classes], rows sum to 1.
 */
export function applyTemperature(
  { data, rows, cols }: Matrix<Float64Array>,
  temperature: number,
): Matrix<Float64Array> {
  const cooled = data.map((p) => Math.max(LEAST_CALIBRATED, p) ** (1 / temperature));
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let k = 0; k < cols; k++) total += cooled[i * cols + k]!;
    for (let k = 0; k < cols; k++) cooled[i * cols + k]! /= total;
  }
  return { data: cooled, rows, cols };
}

function logLoss({ data, cols }: Matrix<Float64Array>, codes: Int32Array): number {
  return codes.reduce((sum, code, i) => sum - Math.log(data[i * cols + code]!), 0) / codes.length;
}
