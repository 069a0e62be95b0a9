/** @file Samples from a reduced set, as the Python package `learnware` 0.3.2 draws them for its job selector. */

import { EngineError } from "../engine/ground/errors";
import { squaredDistance } from "../engine/specification/kernel/gaussian";
import { embeddingAt } from "../engine/specification/kernel/mmd";
import { type Matrix, zeros } from "../engine/ground/matrix";
import { normal, type Random } from "../engine/ground/random";
import type { Specification } from "../engine/specification/specification";
import { gaussianGamma } from "../engine/specification/kernel/kernel";
import type { ImageSpecification } from "./image-specification";

/** Candidates drawn for every sample wanted. */
const CANDIDATES_PER_SAMPLE = 100;
/** Standard deviation around a point, per number. */
const SPREAD = 0.25;
const IMAGE_SPREAD = 0.01;

/**
 * `count` samples whose kernel mean approximates the reduced set's: candidates around its points,
 * each point as likely as its weight says (a negative one never), of which `herd` chooses.
 *
 * The package's own random numbers are PyTorch's, so its samples are others of the same distribution.
 * Cost is O(count² · 100 · d + count · 100 · m · d).
 *
 * @param count - Samples wanted, ≥ 1.
 * @returns Shape [count, d].
 * @throws EngineError `bad_parameter` if count is no whole number ≥ 1 or no weight is positive.
 */
export function sampleByHerding(
  rkme: Specification,
  count: number,
  random: Random,
): Matrix<Float64Array> {
  const candidates = drawAround(rkme, count * CANDIDATES_PER_SAMPLE, SPREAD, random);
  return herd(rkme, candidates, count);
}

/**
 * Kernel herding among candidates: for t = 0, 1, … takes the candidate x with the largest
 * (t + 1) · f(x) − Σ_{s<t} k(x_s, x), where f is the reduced set's embedding; of equals the first.
 *
 * Cost is O(count · candidates · d).
 *
 * Source: Chen, Welling, Smola, "Super-Samples from Kernel Herding", UAI 2010, eq. 8.
 *
 * @param candidates - Shape [c, d]; one may be taken several times.
 * @returns Shape [count, d].
 * @throws EngineError `shape_mismatch` if d differs; `bad_parameter` if gamma is not finite and positive.
 */
export function herd(rkme: Specification, candidates: Matrix, count: number): Matrix<Float64Array> {
  const wanted = embeddingAt(rkme, candidates);
  const taken = new Float64Array(candidates.rows);
  const samples = zeros(count, candidates.cols);
  const gamma = gaussianGamma(rkme.kernel);
  for (let t = 0; t < count; t++) {
    let best = 0;
    const gain = (i: number) => (t + 1) * wanted[i]! - taken[i]!;
    for (let i = 1; i < candidates.rows; i++) if (gain(i) > gain(best)) best = i;
    const from = best * candidates.cols;
    samples.data.set(candidates.data.subarray(from, from + candidates.cols), t * candidates.cols);
    for (let i = 0; i < candidates.rows; i++) {
      taken[i]! += Math.exp(-gamma * squaredDistance(candidates, best, candidates, i));
    }
  }
  return samples;
}

/**
 * Images around those of a reduced set: no herding, only noise of standard deviation 0.01.
 *
 * @returns Shape [count, channels · side · side].
 * @throws EngineError `bad_parameter` if count is no whole number ≥ 1 or no weight is positive.
 */
export function sampleImages(
  specification: ImageSpecification,
  count: number,
  random: Random,
): Matrix<Float64Array> {
  return drawAround(specification, count, IMAGE_SPREAD, random);
}

function drawAround(
  { points, weights }: Pick<Specification, "points" | "weights">,
  count: number,
  spread: number,
  random: Random,
): Matrix<Float64Array> {
  if (!Number.isInteger(count) || count < 1) {
    throw new EngineError("bad_parameter", `count must be a whole number ≥ 1, got ${count}`);
  }
  const reach = weights.map((weight) => Math.max(0, weight));
  for (let i = 1; i < reach.length; i++) reach[i]! += reach[i - 1]!;
  const total = reach.at(-1) ?? 0;
  if (!(total > 0)) throw new EngineError("bad_parameter", "no weight is positive");
  const drawn = zeros(count, points.cols);
  for (let row = 0; row < count; row++) {
    const mark = random() * total;
    const from = reach.findIndex((sum) => sum > mark) * points.cols;
    for (let c = 0; c < points.cols; c++) {
      drawn.data[row * points.cols + c] = points.data[from + c]! + spread * normal(random);
    }
  }
  return drawn;
}
