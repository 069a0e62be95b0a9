/** @file How much a reduced set gives away about who was in the data, measured by attacking it. */

import { EngineError } from "../../ground/errors";
import { squaredDistance } from "../kernel/gaussian";
import { type Matrix, pickRows } from "../../ground/matrix";
import { asOneStep, type Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import type { Specification } from "../specification";

/** The most that the attack may achieve. */
export const MOST_ATTACK_AUC = 0.55;

/** Standard error that splits are repeated for. */
const WANTED_ERROR = 0.01;
const MOST_SPLITS = 40;
/** A verdict this many standard errors from the limit needs no more splits. */
const CLEAR = 3;
/** Splits that may fail before it is given up. */
const MOST_FAILURES = 5;
/** Most rows an attack is tried on; of a larger table a sample, with as many rows per point. */
const MOST_ROWS = 20_000;
/**
 * Below this many rows halves are too unlike the whole, and half of one point is one point still: then
 * four fifths of the rows are trained on.
 */
const SMALL_TABLE = 100;

/**
 * The nearest-point membership attack: guess that a row was among those the points were made from
 * if a point is near it (score: minus the distance to the nearest point). The area under its ROC
 * curve is the chance that a row which was scores higher than one which was not; ties count half.
 *
 * Cost O((n + h) · m · d).
 *
 * Source: the distance-to-closest-record attack on synthetic data; Chen, Yu, Zhang, Fritz,
 * "GAN-Leaks", CCS 2020, section 4.2.
 *
 * @param reduced - m points of dimension d.
 * @param train - Shape [n, d]: the rows the points were made from.
 * @param heldOut - Shape [h, d]: rows of the same kind that they were not made from.
 * @returns In [0, 1]: 0.5 when the attack cannot tell, 1 when it always can.
 */
export function membershipAuc(
  { points }: Pick<Specification, "points">,
  train: Matrix,
  heldOut: Matrix,
): number {
  const members = nearestDistances(points, train);
  const others = nearestDistances(points, heldOut);
  let nearer = 0;
  let level = 0;
  let first = 0; // Of the others that are no nearer than this member.
  let last = 0; // After the others that are as near.
  for (const distance of members) {
    while (first < others.length && others[first]! < distance) first++;
    last = Math.max(last, first);
    while (last < others.length && !(others[last]! > distance)) last++;
    nearer += others.length - last;
    level += last - first;
  }
  return (nearer + level / 2) / (members.length * others.length);
}

/** Makes a reduced set of some rows exactly as it would be made of all of them. */
type Fit = (train: Matrix<Float32Array>, seed: number) => Steps<Pick<Specification, "points">>;

/**
 * Attack a way of reducing a table: split its rows at random, reduce one part, and see how well the
 * points tell it from the other, which they have never seen. The set that is published is made of
 * all rows in the same way with as many rows per point, so of the splits' sets it is the least
 * revealing.
 *
 * One split of a small table says little: its area has a standard error of
 * √((1/n + 1/h) / 12), or 0.047 for 150 rows. So splits are repeated, up to 40 times, until
 * the mean has one of about 0.01 or is clearly on one side of the limit of 0.55; the limit then
 * holds for the mean itself. Lower confidence bounds would let small tables, which leak the most, pass
 * because little can be shown of them. Splits share rows, so their mean errs less than this says.
 *
 * @param x - Shape [n, d], n ≥ 10.
 * @param seed - Of the splits.
 * @param count - How many points all rows would get; several unless told.
 * @returns The mean area under the ROC curve, in [0, 1]; null if no split could be reduced safely.
 */
export async function* measureAttack(
  x: Matrix<Float32Array>,
  fit: Fit,
  seed: number,
  count = 2,
): Steps<number | null> {
  const used = Math.min(x.rows, MOST_ROWS);
  const trained = Math.floor(used * (x.rows < SMALL_TABLE || count < 2 ? 0.8 : 0.5));
  const error = Math.sqrt((1 / trained + 1 / (used - trained)) / 12);
  const wanted = Math.min(MOST_SPLITS, Math.ceil((error / WANTED_ERROR) ** 2));
  let sum = 0;
  let splits = 0;
  for (let split = 0; split < wanted && split - splits < MOST_FAILURES; split++) {
    const chosen = sampleIndices(x.rows, used, seededRandom(seed + split));
    const train = pickRows(x, chosen.subarray(0, trained));
    const progress = { stage: "check", done: split, total: wanted } as const;
    const reduced = yield* asOneStep(fitOrNull(fit, train, seed + split), progress);
    if (!reduced) continue;
    sum += membershipAuc(reduced, train, pickRows(x, chosen.subarray(trained)));
    splits++;
    const sure = (CLEAR * error) / Math.sqrt(splits);
    if (splits > 1 && Math.abs(sum / splits - MOST_ATTACK_AUC) > sure) break;
  }
  return splits > 0 ? sum / splits : null;
}

/** Null if the part that was drawn cannot be reduced safely; that says nothing of the attack. */
async function* fitOrNull(
  fit: Fit,
  train: Matrix<Float32Array>,
  seed: number,
): Steps<Pick<Specification, "points"> | null> {
  try {
    return yield* fit(train, seed);
  } catch (error) {
    if (error instanceof EngineError && error.code === "preflight_failed") return null;
    throw error;
  }
}

/** Ascending squared distances from rows to their nearest points. */
function nearestDistances(points: Matrix, rows: Matrix): Float64Array {
  const nearest = new Float64Array(rows.rows).fill(Infinity);
  for (let i = 0; i < rows.rows; i++) {
    for (let j = 0; j < points.rows; j++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(rows, i, points, j));
    }
  }
  return nearest.sort();
}
