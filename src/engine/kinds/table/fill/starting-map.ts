import { factor, solveFactored } from "../../../ground/cholesky";
import { EngineError } from "../../../ground/errors";
import { type Matrix, zeros } from "../../../ground/matrix";
import type { Specification } from "../../../specification/specification";
import type { LinearLayer } from "./alignment";

/** Held back as if this many more points had been seen that know nothing of each other's columns. */
const PRIOR_POINTS = 5;

/**
 * The linear map from some of a learnware's columns to all of them: those given stay as they are, the others are
 * what the learnware's training rows suggest, by ridge regression over the weighted points of its specification.
 *
 * W = (C_kk + λI)⁻¹ C_ko around the weighted means, with λ = 5 · mean variance / points. With nothing to go by the
 * learnware's means come out, not the island's.
 *
 * @param known - Indices of the columns given, in the order in which rows will have them.
 * @returns Weights of shape [known, d].
 * @throws EngineError `bad_parameter` if no weight is positive.
 */
export function startingMap(
  { points, weights }: Specification,
  known: readonly number[],
): LinearLayer {
  const d = points.cols;
  const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  if (!(total > 0)) throw new EngineError("bad_parameter", "no point has a positive weight");
  const shares = weights.map((weight) => Math.max(0, weight) / total);
  const means = weightedMeans(points, shares);
  const missing = Array.from({ length: d }, (_, j) => j).filter((j) => !known.includes(j));
  const coefficients = regress(points, shares, means, known, missing);
  const map = zeros(known.length, d);
  const bias = new Float64Array(d);
  known.forEach((col, k) => (map.data[k * d + col] = 1));
  missing.forEach((col, j) => {
    bias[col] = means[col]!;
    known.forEach((from, k) => {
      const weight = coefficients[j]![k]!;
      map.data[k * d + col] = weight;
      bias[col]! -= weight * means[from]!;
    });
  });
  return { weights: map, bias };
}

function weightedMeans({ data, rows, cols }: Matrix, shares: Float64Array): Float64Array {
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) means[j]! += shares[i]! * data[i * cols + j]!;
  }
  return means;
}

/** For each missing column: shape [known], the weights of the known ones. */
function regress(
  { data, rows, cols }: Matrix,
  shares: Float64Array,
  means: Float64Array,
  known: readonly number[],
  missing: readonly number[],
): Float64Array[] {
  const covariance = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      sum += shares[i]! * (data[i * cols + a]! - means[a]!) * (data[i * cols + b]! - means[b]!);
    }
    return sum;
  };
  const size = known.length;
  const own = zeros(size, size);
  known.forEach((a, i) => known.forEach((b, j) => (own.data[i * size + j] = covariance(a, b))));
  const variance = known.reduce((sum, _, i) => sum + own.data[i * size + i]! / size, 0);
  const ridge = Math.max(1e-9, (PRIOR_POINTS * variance) / rows);
  const lower = factor(own, [...known.keys()], ridge);
  return missing.map((col) =>
    solveFactored(
      lower,
      Float64Array.from(known, (from) => covariance(from, col)),
    ),
  );
}
