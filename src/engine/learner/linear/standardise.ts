import type { Matrix } from "../../ground/matrix";

/** How features are brought to mean 0 and spread 1 before a linear model sees them. */
export interface Standardiser {
  /** Shape [d]: mean of the values present; put in where one is missing. Exact in float32. */
  readonly means: Float64Array;
  /** Shape [d]: 1 / standard deviation, or a part of it; 0 for a constant feature. Exact in float32. */
  readonly factors: Float64Array;
  /**
   * Shape [d]: smallest and largest standardised value met in training, each moved out by the distance between them.
   * What lies beyond counts as the limit: a line drawn through one place must not shoot off when it is used in another,
   * but a few rows do not hold the extremes of their own place.
   */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/**
 * Means, spreads and limits of the values present. Rounded to float32, so that an exported model, which
 * computes in float32, subtracts and multiplies by the very same numbers.
 *
 * @param inputs - [n, d], NaN where missing.
 */
export function fitStandardiser({ data, rows, cols }: Matrix<Float32Array>): Standardiser {
  const counts = new Float64Array(cols);
  const means = new Float64Array(cols);
  const squares = new Float64Array(cols);
  const least = new Float64Array(cols).fill(Infinity);
  const most = new Float64Array(cols).fill(-Infinity);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j]!;
      if (Number.isNaN(x)) continue;
      // Welford's update: no cancellation on columns far from zero.
      const difference = x - means[j]!;
      means[j]! += difference / ++counts[j]!;
      squares[j]! += difference * (x - means[j]!);
      least[j] = Math.min(least[j]!, x);
      most[j] = Math.max(most[j]!, x);
    }
  }
  const factors = squares.map((square, j) => {
    const deviation = Math.sqrt(square / Math.max(1, counts[j]!));
    const isConstant = !(deviation > 1e-6 * Math.abs(means[j]!)) || deviation < 1e-30;
    return isConstant ? 0 : Math.fround(1 / deviation);
  });
  const centres = means.map(Math.fround);
  const limits = (from: Float64Array, to: Float64Array) =>
    to.map((x, j) =>
      Number.isFinite(x) ? Math.fround((2 * x - from[j]! - centres[j]!) * factors[j]!) : 0,
    );
  return { means: centres, factors, lows: limits(most, least), highs: limits(least, most) };
}

/**
 * The same with other spreads than 1: a ridge penalty holds a feature's weight back the less the larger its spread is.
 *
 * @param spreads - Shape [d], finite, ≥ 0.
 */
export function withSpreads(standardiser: Standardiser, spreads: Float64Array): Standardiser {
  const { means, factors, lows, highs } = standardiser;
  const times = (values: Float64Array) => values.map((x, j) => Math.fround(x * spreads[j]!));
  return { means, factors: times(factors), lows: times(lows), highs: times(highs) };
}

/**
 * Standardised copy of a table: (x − mean) · factor, 0 where missing, within
 * the limits.
 *
 * @param inputs - [n, d].
 * @returns [n, d], finite.
 */
export function standardise(
  { data, rows, cols }: Matrix<Float32Array>,
  { means, factors, lows, highs }: Standardiser,
): Matrix<Float64Array> {
  const scaled = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j]!;
      if (Number.isNaN(x)) continue;
      const deviations = (x - means[j]!) * factors[j]!;
      scaled[i * cols + j] = Math.max(lows[j]!, Math.min(highs[j]!, deviations));
    }
  }
  return { data: scaled, rows, cols };
}
