import type { Matrix } from "../../ground/matrix";
import { seededRandom } from "../../ground/random";
import { fnv1a } from "../kernel/random-features";
import type { Specification } from "../specification";
import { PointSample } from "./point-sample";

/** Points of a book: with twice as many an outline is met a third better, and found no more often. */
export const BOOK_POINTS = 256;
/** A space with so many learnwares has a book. */
export const FEWEST_FOR_BOOK = 10;
/** Variance of what points are scattered by, in that of all published points. */
const SCATTER = 0.5;
/** Draws of a point that may be one already there. */
const PATIENCE = 8;

/**
 * The points of a book: drawn from the points that learnwares of a space published, each scattered by the difference of
 * two others, so that they fill the space between, in its directions and in no more. Only published points are looked at.
 *
 * A learnware counts the same whatever number of points it has. The same specifications in the same order and the same
 * seed give the same book. Cost is O(m · d) beside reading them.
 *
 * Sources: Silverman, "Density Estimation for Statistics and Data Analysis" (1986), section 6.4 (the smoothed bootstrap);
 * Storn, Price, "Differential Evolution", Journal of Global Optimization 11 (1997), for scattering by differences.
 *
 * @param specifications - Of points that are public, on the scale of the space the book is for.
 * @returns Shape [≤ 256, d], in single precision; null without any specification.
 */
export async function makeBook(
  specifications: AsyncIterable<Specification> | Iterable<Specification>,
  seed: string,
): Promise<Matrix<Float64Array> | null> {
  let sample: PointSample | null = null;
  for await (const specification of specifications) {
    sample ??= new PointSample(specification.points.cols);
    sample.add(specification);
  }
  return sample && sample.rows.rows > 0 ? scatter(sample.rows, seed) : null;
}

function scatter({ data, rows, cols }: Matrix<Float32Array>, seed: string): Matrix<Float64Array> {
  const random = seededRandom(fnv1a(seed));
  const width = Math.sqrt(SCATTER / 2); // A difference varies twice as much as its terms.
  const drawn = () => Math.floor(random() * rows) * cols;
  const points = new Float64Array(BOOK_POINTS * cols);
  const seen = new Set<string>();
  let found = 0;
  for (let tries = 0; found < BOOK_POINTS && tries < PATIENCE * BOOK_POINTS; tries++) {
    const [at, plus, minus] = [drawn(), drawn(), drawn()];
    const point = points.subarray(found * cols, (found + 1) * cols);
    for (let k = 0; k < cols; k++) {
      point[k] = Math.fround(data[at + k]! + width * (data[plus + k]! - data[minus + k]!));
    }
    const key = point.join();
    if (seen.has(key)) continue;
    seen.add(key);
    found++;
  }
  return { data: points.slice(0, found * cols), rows: found, cols };
}
