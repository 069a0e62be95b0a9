import type { Matrix } from "../matrix";

/** How features are brought to mean 0 and spread 1 before a linear model sees them. */
export interface Standardiser {
  /** Shape [d]: mean of the values present; put in where one is missing. Exact in float32. */
  readonly means: Float64Array;
  /** Shape [d]: 1 / standard deviation; 0 for a constant feature. Exact in float32. */
  readonly factors: Float64Array;
}

/**
 * Means and spreads of the values present. Rounded to float32, so that an exported model, which
 * computes in float32, subtracts and multiplies by the very same numbers.
 *
 * @param inputs - [n, d], NaN where missing.
 */
export function fitStandardiser({ data, rows, cols }: Matrix<Float32Array>): Standardiser {
  const counts = new Float64Array(cols);
  const means = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j]!;
      if (Number.isNaN(x)) continue;
      // Welford's update: no cancellation on columns far from zero.
      const difference = x - means[j]!;
      means[j]! += difference / ++counts[j]!;
      squares[j]! += difference * (x - means[j]!);
    }
  }
  const factors = squares.map((square, j) => {
    const deviation = Math.sqrt(square / Math.max(1, counts[j]!));
    const isConstant = !(deviation > 1e-6 * Math.abs(means[j]!)) || deviation < 1e-30;
    return isConstant ? 0 : Math.fround(1 / deviation);
  });
  return { means: means.map(Math.fround), factors };
}

/**
 * Standardised copy of a table: (x − mean) · factor, 0 where missing.
 *
 * @param inputs - [n, d].
 * @returns [n, d], finite if the inputs are.
 */
export function standardise(
  { data, rows, cols }: Matrix<Float32Array>,
  { means, factors }: Standardiser,
): Matrix<Float64Array> {
  const scaled = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j]!;
      if (!Number.isNaN(x)) scaled[i * cols + j] = (x - means[j]!) * factors[j]!;
    }
  }
  return { data: scaled, rows, cols };
}
