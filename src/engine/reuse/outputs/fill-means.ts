import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";

/**
 * Replace what is not finite by the mean of the finite numbers of its column, as the Python package `learnware`
 * 0.3.2 does (`fill_data_with_mean`).
 *
 * @param matrix - Shape [n, d].
 * @returns A copy, finite.
 * @throws EngineError `bad_parameter` if a column has no finite number.
 */
export function fillWithMeans(matrix: Matrix): Matrix<Float64Array> {
  const { rows, cols } = matrix;
  const data = Float64Array.from(matrix.data);
  for (let j = 0; j < cols; j++) {
    let sum = 0;
    let count = 0;
    for (let at = j; at < data.length; at += cols) {
      if (!Number.isFinite(data[at])) continue;
      sum += data[at]!;
      count++;
    }
    if (count === rows) continue;
    if (count === 0) throw new EngineError("bad_parameter", `column ${j} has no finite number`);
    for (let at = j; at < data.length; at += cols) {
      if (!Number.isFinite(data[at])) data[at] = sum / count;
    }
  }
  return { data, rows, cols };
}
