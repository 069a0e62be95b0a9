import { EngineError } from "../../ground/errors";
import type { Compute, LoadedRows } from "../kernel/compute";
import { gaussianGamma, type Kernel } from "../kernel/kernel";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { seededRandom } from "../../ground/random";
import { clusterRows } from "./cluster";
import type { PointRules } from "./draw-back";
import { enoughPoints } from "./enough-points";
import { movePoints } from "./move-points";
import { weighPoints } from "./objective";
import type { Specification } from "../specification";
import { takeSample } from "./row-sample";

export interface ReduceOptions {
  readonly kernel: Kernel;
  /** Points wanted, ≥ 1. By default as many as tell more than noise, see `pointsFor`. */
  readonly count?: number;
  /** Repeats the random choices. */
  readonly seed?: number;
  /** False: leave the points where the clusters are. */
  readonly refine?: boolean;
  /** What every point has to keep to, as far as the rows looked at can tell. */
  readonly rules?: PointRules;
}

const DEFAULT_COUNT = 100;
/** Rows for every point, by default. */
const ROWS_PER_POINT = 10;
/** Most numbers in a reduced set, as in the Python package. */
const MOST_NUMBERS = 1_310_720;

/**
 * Reduce rows to a few weighted points whose kernel mean approximates theirs: clusters of a
 * sample, points moved along the true gradient of the squared MMD to the sample with the weights
 * solved anew each time, and at last the best weights for all rows. Points are in single precision,
 * as they will be sent.
 *
 * Time is bounded: O(m² · d) and some passes over a sample of at most 16 384 rows, and one pass of
 * O(n · m · d) over all rows. Memory beyond `rows` is that of the sample, which is gone before that pass.
 *
 * Source: Wu et al., "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023,
 * algorithm 1, with another initialisation and the full gradient, of which the Python package
 * follows only a part.
 *
 * @param rows - The rows of `x`, loaded by `compute`.
 * @param x - Shape [n, d], finite, on the scale of the island.
 * @returns At most `count` points; weights ≥ 0 that sum to 1.
 * @throws EngineError `unsupported_kernel`, or `bad_parameter` if its width or the count is out of range.
 * @throws EngineError `shape_mismatch` if `rows` and `x` differ in shape.
 */
export async function* reduceRows(
  compute: Compute,
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  options: ReduceOptions,
): Steps<Specification> {
  const { kernel } = options;
  const gamma = gaussianGamma(kernel);
  if (rows.rows !== x.rows || rows.cols !== x.cols) {
    throw new EngineError(
      "shape_mismatch",
      `loaded rows are [${rows.rows}, ${rows.cols}] but x is [${x.rows}, ${x.cols}]`,
    );
  }
  const count = yield* pointsFor(compute, x, options);
  const placed = yield* placePoints(compute, rows, x, { ...options, count });
  const { points, weights: start } = placed;
  if (start && placed.onAllRows) return { points, weights: start, kernel, rowCount: x.rows };
  yield { stage: "weigh", done: 0, total: 1 };
  const { weights } = await weighPoints(rows, points, { gamma, start });
  return { points, weights, kernel, rowCount: x.rows };
}

interface Placed {
  readonly points: Matrix<Float64Array>;
  /** The best for the sample; mere cluster centres have none yet. */
  readonly weights?: Float64Array;
  /** The sample was all rows. */
  readonly onAllRows: boolean;
}

/** Place points for a sample of the rows. */
async function* placePoints(
  compute: Compute,
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  { kernel, count, seed = 0, refine = true, rules }: ReduceOptions & { readonly count: number },
): Steps<Placed> {
  const random = seededRandom(seed);
  const sample = await takeSample(compute, rows, x, random);
  try {
    const fewest = rules?.fewestRows ?? 1;
    const points = yield* clusterRows(sample.rows, sample.x, { count, fewest }, random);
    const onAllRows = sample.rows === rows;
    if (!refine) return { points, onAllRows };
    const moved = yield* movePoints(sample, points, {
      ...{ gamma: gaussianGamma(kernel), rules },
      total: x.rows,
    });
    return { points: moved.points, weights: moved.weights, onAllRows };
  } finally {
    sample.release();
  }
}

/**
 * How many points rows are reduced to: `count` if it is given, within the size cap of
 * `reducedSize`; else as few as describe the rows up to sampling noise, see `enoughPoints`.
 *
 * @param x - Shape [n, d], finite.
 * @returns ≥ 1.
 * @throws EngineError `bad_parameter` if count is not a whole number ≥ 1.
 */
export async function* pointsFor(
  compute: Compute,
  x: Matrix<Float32Array>,
  { kernel, count, seed = 0 }: ReduceOptions,
): Steps<number> {
  const most = reducedSize(x.rows, x.cols, count);
  if (count !== undefined) return most;
  const gamma = gaussianGamma(kernel);
  return yield* enoughPoints(compute, x, { gamma, most }, seededRandom(seed));
}

/**
 * The most points that a reduced set of n rows of d numbers gets.
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
  const wanted = count ?? Math.min(DEFAULT_COUNT, Math.max(1, Math.floor(n / ROWS_PER_POINT)));
  const capped = wanted * d > MOST_NUMBERS ? Math.max(20, Math.floor(MOST_NUMBERS / d)) : wanted;
  return capped >= n ? Math.max(1, Math.floor((2 * n) / 3)) : capped;
}
