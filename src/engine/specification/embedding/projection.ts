import { symmetricEigen } from "./eigen";
import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";

/** How vectors of an embedder become points of a space: standardised, turned to the main directions, those made less unequal. */
export interface Projection {
  /** Shape [e]: subtracted. */
  readonly center: Float64Array;
  /** Shape [e]: multiplied with. */
  readonly factor: Float64Array;
  /** Shape [d, e]: what is summed up for each number of a point. */
  readonly axes: Matrix<Float64Array>;
}

/** Added to deviations, so that a direction in which nothing varies is no division by zero. */
const LEAST_DEVIATION = 1e-6;

/**
 * The projection to the main directions of vectors. Only public data may go into it: a mean and covariance of few rows give
 * away which rows they are of.
 *
 * @param x - Shape [n, e], n > 1, finite.
 * @param count - Numbers of a point: d ≤ e.
 */
export function fitProjection(x: Matrix, count: number): Projection {
  const { rows, cols } = x;
  if (rows < 2 || count > cols) {
    throw new EngineError(
      "bad_parameter",
      `${count} directions of ${rows} rows of ${cols} numbers`,
    );
  }
  const center = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) center[j]! += at(x, i, j) / rows;
  const variance = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) variance[j]! += (at(x, i, j) - center[j]!) ** 2 / rows;
  }
  const factor = variance.map((value) => 1 / (Math.sqrt(value) + LEAST_DEVIATION));
  const { values, vectors } = symmetricEigen(covariance(x, center, factor));
  const axes = zeros(count, cols);
  for (let k = 0; k < count; k++) {
    // The fourth root: half way between axes that weigh what they vary and axes that all weigh the same.
    const scale = 1 / Math.sqrt(Math.sqrt(Math.max(values[k]!, 1e-9)));
    for (let j = 0; j < cols; j++) axes.data[k * cols + j] = scale * vectors.data[k * cols + j]!;
  }
  return { center, factor, axes };
}

/**
 * @param x - Shape [n, e].
 * @returns Shape [n, d].
 */
export function project(
  x: Matrix,
  { center, factor, axes }: Projection,
): Matrix<Float32Array<ArrayBuffer>> {
  const { rows: d, cols: e } = axes;
  if (x.cols !== e) {
    throw new EngineError("shape_mismatch", `${x.cols} numbers where the space takes ${e}`);
  }
  const points = new Float32Array(x.rows * d);
  const row = new Float64Array(e);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < e; j++) row[j] = (at(x, i, j) - center[j]!) * factor[j]!;
    for (let k = 0; k < d; k++) {
      let sum = 0;
      for (let j = 0, from = k * e; j < e; j++) sum += axes.data[from + j]! * row[j]!;
      points[i * d + k] = sum;
    }
  }
  return { data: points, rows: x.rows, cols: d };
}

/** Of what is standardised, shape [e, e]. */
function covariance(x: Matrix, center: Float64Array, factor: Float64Array): Matrix<Float64Array> {
  const { rows, cols } = x;
  const sums = zeros(cols, cols);
  const row = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) row[j] = (at(x, i, j) - center[j]!) * factor[j]!;
    for (let j = 0; j < cols; j++) {
      const own = row[j]! / (rows - 1);
      for (let k = 0; k <= j; k++) sums.data[j * cols + k]! += own * row[k]!;
    }
  }
  for (let j = 0; j < cols; j++) {
    for (let k = 0; k < j; k++) sums.data[k * cols + j] = sums.data[j * cols + k]!;
  }
  return sums;
}

function at({ data, cols }: Matrix, i: number, j: number): number {
  return data[i * cols + j]!;
}
