/** @file Whether a learnware learnt from the very rows that it is compared with, as far as its specification tells. */

import { factor, solveFactored } from "../ground/cholesky";
import { type Matrix, pickRows, zeros } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import type { CandidateSpec } from "../specification/candidate-spec";
import { gaussianGram } from "../specification/kernel/gaussian";
import { gaussianGamma } from "../specification/kernel/kernel";
import type { Specification } from "../specification/specification";
import type { Ranking } from "./rank";

/** The chance that other rows of the same kind are taken for the same ones. */
const MOST_CHANCE = 0.001;
/** Of rows behind the specification, for each row here: a model learns from most of a table, or a table is most of what it learnt from. */
const FEWEST_BEHIND = 0.5;
const MOST_BEHIND = 2;
/** Of the mean variance: what rounding and nearly equal points leave is not looked at. */
const RIDGE = 1e-3;
/** Rows that tell how much kernel values vary. */
const VARIANCE_ROWS = 1000;

/**
 * Weights of a specification are solved so that its kernel mean agrees with that of its rows at all of its points, up to a
 * constant. Other rows of the same distribution differ there by chance, by a variance of V (1 / n + 1 / N); the same rows do
 * not, and most of them do by less. This is the chance that other rows would agree as well: of
 * n · wᵀ (V + ρI)⁻¹ w / (1 + n / N) under χ², where w is the difference and V the covariance of kernel values at the points.
 *
 * Of specifications of half of the rows, as `describeRows` makes them, it says too much rather than too little: their own
 * rows differ from them by V / n, and are hardly ever told. That is what coins are for.
 *
 * Cost is O(n · m · d + m³).
 *
 * Source: Gretton, Borgwardt, Rasch, Schölkopf, Smola, "A Kernel Two-Sample Test", Journal of Machine Learning Research 13
 * (2012), for the variance; Harchaoui, Bach, Moulines, "Testing for Homogeneity with Kernel Fisher Discriminant Analysis",
 * NIPS 2007, for dividing by it.
 *
 * @param x - Shape [n, d], all rows, on the scale of the specification.
 * @param rkme - m points; its count of rows is taken as it is told, though it is rounded.
 * @returns In [0, 1]; 1 where it cannot be told, as with a single point.
 */
export function chanceOfAgreement(x: Matrix<Float32Array>, rkme: Specification): number {
  const { points, weights, rowCount } = rkme;
  const m = points.rows;
  if (m < 3 || points.cols !== x.cols || !isOfLikeCount(x.rows, rowCount)) return 1;
  const gamma = gaussianGamma(rkme.kernel);
  const difference = differenceAt(points, weights, x, gamma);
  const sample = pickRows(x, sampleIndices(x.rows, VARIANCE_ROWS, seededRandom(1)));
  const covariance = covarianceAt(points, sample, gamma);
  const ridge = RIDGE * meanDiagonal(covariance);
  if (!(ridge > 0)) return 1;
  const lower = factor(covariance, [...weights.keys()], ridge);
  const solve = (b: Float64Array) => solveFactored(lower, b.slice());
  const ones = new Float64Array(m).fill(1);
  const [ofDifference, ofOnes] = [solve(difference), solve(ones)];
  const constant = dot(ofDifference, ones) / dot(ofOnes, ones);
  const rest = difference.map((one) => one - constant);
  const size = x.rows * dot(solve(rest), rest);
  const degrees = Math.floor(effectiveDegrees(covariance, solve) - 1);
  if (degrees < 1) return 1;
  return chiSquaredBelow(size / (1 + x.rows / rowCount), degrees);
}

/** More alike than this are asked; other samples of one source have 0.987 to 0.9998. */
const ALIKE = 0.95;
/** As many of the nearest: the one that learnt from these rows is among them. */
const MOST_ASKED = 5;

/**
 * Mark those that seem to have learnt from these very rows, or from most of them: how well they do on them says nothing of
 * others. Rows of another table that hold the same values cannot be told from them.
 *
 * @param x - Shape [n, d]: the rows that were ranked by, in all columns.
 */
export async function* markSameRows(
  x: Matrix<Float32Array>,
  ranking: Ranking,
  candidates: readonly CandidateSpec[],
): Steps<Ranking> {
  const nearest = ranking.singles
    .slice(0, MOST_ASKED)
    .filter(({ similarity }) => similarity >= ALIKE);
  const same = new Set<string>();
  for (const [done, { id }] of nearest.entries()) {
    yield { stage: "match", done, total: nearest.length };
    const rkme = candidates.find((candidate) => candidate.id === id)?.rkme;
    if (rkme && chanceOfAgreement(x, rkme) < MOST_CHANCE) same.add(id);
  }
  if (same.size === 0) return ranking;
  const singles = ranking.singles.map((single) =>
    same.has(single.id) ? { ...single, sameRows: true as const } : single,
  );
  return { ...ranking, singles };
}

function isOfLikeCount(rows: number, behind: number): boolean {
  return behind >= FEWEST_BEHIND * rows && behind <= MOST_BEHIND * rows;
}

/** Shape [m]: the kernel mean of the specification at its points, less that of the rows. */
function differenceAt(
  points: Specification["points"],
  weights: Float64Array,
  x: Matrix<Float32Array>,
  gamma: number,
): Float64Array {
  const own = gaussianGram(points, points, gamma);
  const rows = gaussianGram(x, points, gamma);
  const m = points.rows;
  const difference = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    for (let l = 0; l < m; l++) difference[j]! += own.data[j * m + l]! * weights[l]!;
  }
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < m; j++) difference[j]! -= rows.data[i * m + j]! / x.rows;
  }
  return difference;
}

/** Shape [m, m]: of kernel values at the points, over the rows. */
function covarianceAt(
  points: Specification["points"],
  x: Matrix<Float32Array>,
  gamma: number,
): Matrix<Float64Array> {
  const { data, rows, cols } = gaussianGram(x, points, gamma);
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) means[j]! += data[i * cols + j]! / rows;
  }
  const covariance = zeros(cols, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const deviation = data[i * cols + j]! - means[j]!;
      for (let l = 0; l <= j; l++) {
        covariance.data[j * cols + l]! += (deviation * (data[i * cols + l]! - means[l]!)) / rows;
      }
    }
  }
  for (let j = 0; j < cols; j++) {
    for (let l = j + 1; l < cols; l++) {
      covariance.data[j * cols + l] = covariance.data[l * cols + j]!;
    }
  }
  return covariance;
}

/** (Σ μ)² / Σ μ² of the eigenvalues μ of (V + ρI)⁻¹ V. */
function effectiveDegrees(
  covariance: Matrix<Float64Array>,
  solve: (b: Float64Array) => Float64Array,
): number {
  const { data, cols } = covariance;
  const columns = Array.from({ length: cols }, (_, j) =>
    solve(data.slice(j * cols, (j + 1) * cols)),
  );
  let trace = 0;
  let squares = 0;
  for (let j = 0; j < cols; j++) {
    trace += columns[j]![j]!;
    for (let l = 0; l < cols; l++) squares += columns[j]![l]! * columns[l]![j]!;
  }
  return trace ** 2 / squares;
}

/**
 * P(χ² ≤ value) for whole degrees of freedom: xᵃ e⁻ˣ / Γ(a + 1) · Σ xⁱ / ((a + 1) … (a + i)), a and x their halves.
 *
 * Source: Abramowitz, Stegun, "Handbook of Mathematical Functions" (1964), 6.5.29.
 */
function chiSquaredBelow(value: number, degrees: number): number {
  const [a, x] = [degrees / 2, value / 2];
  if (x <= 0) return 0;
  if (x > a + 20 * Math.sqrt(a + 1)) return 1;
  let logGamma = degrees % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = degrees % 2 === 0 ? 1 : 0.5; k <= a; k++) logGamma += Math.log(k);
  let term = Math.exp(a * Math.log(x) - x - logGamma);
  let sum = term;
  for (let i = 1; term > 1e-15 * sum; i++) sum += term *= x / (a + i);
  return Math.min(1, sum);
}

function meanDiagonal({ data, rows, cols }: Matrix<Float64Array>): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += cols + 1) sum += data[at]!;
  return sum / rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
