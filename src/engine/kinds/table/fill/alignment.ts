import { EngineError } from "../../../ground/errors";
import { type Matrix, zeros } from "../../../ground/matrix";

/** x ↦ x · weights + bias. */
export interface LinearLayer {
  /** Shape [in, out]. */
  readonly weights: Matrix<Float64Array>;
  /** Shape [out]. */
  readonly bias: Float64Array;
}

/**
 * A map from a user's features into a learnware's: a linear map, plus a small network with ReLU between its layers.
 * Either may be missing.
 */
export interface Alignment {
  readonly start: LinearLayer | null;
  readonly network: readonly LinearLayer[];
}

/** The map that leaves everything as it is. */
export function identityLayer(cols: number): LinearLayer {
  const weights = zeros(cols, cols);
  for (let j = 0; j < cols; j++) weights.data[j * cols + j] = 1;
  return { weights, bias: new Float64Array(cols) };
}

/**
 * Map rows into a learnware's features.
 *
 * @param x - Shape [n, in].
 * @returns Shape [n, out].
 * @throws EngineError `shape_mismatch` if the rows have another number of columns; `bad_parameter` for a map of no parts.
 */
export function alignRows({ start, network }: Alignment, x: Matrix): Matrix<Float64Array> {
  let hidden: Matrix = x;
  network.forEach((layer, i) => {
    const raw = applyLayer(layer, hidden);
    hidden = i < network.length - 1 ? rectified(raw) : raw;
  });
  const linear = start && applyLayer(start, x);
  if (network.length === 0) {
    if (linear) return linear;
    throw new EngineError("bad_parameter", "an alignment needs a linear map or a network");
  }
  const mapped = { ...hidden, data: Float64Array.from(hidden.data) };
  linear?.data.forEach((value, at) => (mapped.data[at]! += value));
  return mapped;
}

/** One layer without what follows it. */
function applyLayer({ weights, bias }: LinearLayer, x: Matrix): Matrix<Float64Array> {
  if (x.cols !== weights.rows) {
    throw new EngineError(
      "shape_mismatch",
      `rows have ${x.cols} columns, the alignment takes ${weights.rows}`,
    );
  }
  const mapped = zeros(x.rows, weights.cols);
  for (let i = 0; i < x.rows; i++) {
    const row = mapped.data.subarray(i * mapped.cols, (i + 1) * mapped.cols);
    row.set(bias);
    for (let k = 0; k < x.cols; k++) {
      const value = x.data[i * x.cols + k]!;
      if (value === 0) continue;
      for (let j = 0; j < row.length; j++) row[j]! += value * weights.data[k * weights.cols + j]!;
    }
  }
  return mapped;
}

function rectified({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  return { data: data.map((value) => Math.max(0, value)), rows, cols };
}
