import { EngineError } from "../errors";
import type { LoadedRows } from "../kernel/compute";
import { checkGamma } from "../kernel/gaussian";
import type { Matrix } from "../matrix";
import type { Steps } from "../progress";
import { seededRandom } from "../random";
import { clusterRows } from "./cluster";
import { evaluatePoints } from "./objective";
import { refinePoints } from "./refine";
import type { Rkme } from "./rkme";

export interface ReduceOptions {
  /** Kernel width, in 1 / (scaled unit)²; finite and > 0. */
  readonly gamma: number;
  /** Points wanted, ≥ 1. By default 100, and never more than a tenth of the rows. */
  readonly count?: number;
  /** Repeats the random choices. */
  readonly seed?: number;
  /** False: leave the points where the clusters are. */
  readonly refine?: boolean;
}

const DEFAULT_COUNT = 100;
/** Most numbers in a reduced set, as in the Python package (PARITY B6). */
const MOST_NUMBERS = 1_310_720;
/** Rows clustered for every point. */
const SAMPLE_PER_POINT = 50;
const LLOYD_ROUNDS = 3;
/** Products of one row number and one point number spent on moving points: about a second in WASM. */
const REFINE_BUDGET = 2.4e9;
const FEWEST_EVALUATIONS = 3;
const MOST_EVALUATIONS = 80;

/**
 * Reduce rows to a few weighted points whose kernel mean approximates theirs: clusters of a
 * sample, weights by the simplex QP, points moved along the true gradient of the squared MMD with
 * the weights solved anew each time. Points are in single precision, as they will be sent.
 *
 * Time is bounded: O(m² · d) on a sample, and a few passes of O(n · m · d) over all rows, at
 * least 3 and fewer the more rows there are.
 *
 * Source: Wu et al., "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023,
 * algorithm 1, with another initialisation and the full gradient (FIELD-NOTES B3).
 *
 * @param rows - The rows of `x`, loaded.
 * @param x - Shape [n, d], finite, on the scale of the island.
 * @returns At most `count` points; weights ≥ 0 that sum to 1.
 * @throws EngineError `bad_parameter` if gamma or count is out of range.
 * @throws EngineError `shape_mismatch` if `rows` and `x` differ in shape.
 */
export async function* reduceRows(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  { gamma, count, seed = 0, refine = true }: ReduceOptions,
): Steps<Rkme> {
  checkGamma(gamma);
  if (rows.rows !== x.rows || rows.cols !== x.cols) {
    throw new EngineError(
      "shape_mismatch",
      `loaded rows are [${rows.rows}, ${rows.cols}] but x is [${x.rows}, ${x.cols}]`,
    );
  }
  const size = reducedSize(x.rows, x.cols, count);
  const centres = yield* clusterRows(
    x,
    { count: size, sample: SAMPLE_PER_POINT * size, rounds: LLOYD_ROUNDS },
    seededRandom(seed),
  );
  const data = centres.data.map(Math.fround);
  const start = await evaluatePoints(rows, { ...centres, data }, gamma);
  const affordable = Math.floor(REFINE_BUDGET / (x.rows * size * x.cols));
  const evaluations = refine
    ? Math.min(Math.max(affordable, FEWEST_EVALUATIONS), MOST_EVALUATIONS)
    : 1;
  const { points, weights } = yield* refinePoints(rows, start, { gamma, evaluations });
  return { points, weights, gamma, rowCount: x.rows };
}

/**
 * How many points a reduced set of n rows of d numbers gets (PARITY B6, B7).
 *
 * Asked for by number, the Python package's rule holds: all n or more becomes ⌊2n/3⌋. By
 * default it is 100, and at most n/10, since each point needs several rows behind it.
 *
 * @param count - Points wanted, ≥ 1.
 * @returns ≥ 1.
 * @throws EngineError `bad_parameter` if count is not a whole number ≥ 1.
 */
export function reducedSize(n: number, d: number, count?: number): number {
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    throw new EngineError("bad_parameter", `count must be a whole number ≥ 1, got ${count}`);
  }
  const wanted = count ?? Math.min(DEFAULT_COUNT, Math.max(1, Math.floor(n / 10)));
  const capped = wanted * d > MOST_NUMBERS ? Math.max(20, Math.floor(MOST_NUMBERS / d)) : wanted;
  return capped >= n ? Math.max(1, Math.floor((2 * n) / 3)) : capped;
}
