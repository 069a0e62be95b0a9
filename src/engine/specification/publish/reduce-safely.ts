import { EngineError } from "../../ground/errors";
import type { Compute, LoadedRows } from "../kernel/compute";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { seededRandom } from "../../ground/random";
import { coarsePoints } from "./coarse";
import { medianNeighbourDistance } from "./neighbour-distance";
import {
  type Checked,
  FEWEST_ROWS_BEHIND,
  runPreflight,
  SHARE_OF_NEIGHBOUR_DISTANCE,
} from "./preflight";
import { reduceRows, type ReduceOptions } from "../reduce/reduce";
import type { Specification } from "../specification";

/**
 * Reduce rows within the privacy rules, round, and check the result. Where the check still drops most
 * points, clusters are tried without refining them; where every point would lie on a row (few
 * different rows), fewer points are, down to one.
 *
 * @param rows - The rows of `x`, loaded by `compute`.
 * @param x - Shape [n, d], finite, scaled by the island.
 * @throws EngineError `preflight_failed` when no reduced set is safe; `details.reason` says why.
 * @throws EngineError `unsupported_kernel`, or `bad_parameter` if its width or the count is out of range.
 */
export async function* reduceSafely(
  compute: Compute,
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  options: ReduceOptions,
): Steps<Checked> {
  const neighbour = medianNeighbourDistance(x, seededRandom(options.seed ?? 0)) ?? 0;
  const closest = SHARE_OF_NEIGHBOUR_DISTANCE * neighbour;
  const rules = { fewestRows: FEWEST_ROWS_BEHIND, closest };
  let { count } = options;
  for (;;) {
    const wanted = { ...options, rules, ...(count && { count }) };
    const rkme = yield* reduceRows(compute, rows, x, wanted);
    const refined = yield* checkOrNull(rows, x, rkme, options);
    const points = rkme.points.rows;
    if (refined && 2 * refined.report.points >= points) return refined;
    const plain = yield* reduceRows(compute, rows, x, { ...wanted, refine: false });
    const unrefined = yield* checkOrNull(rows, x, plain, options);
    if (refined && unrefined) return refined.objective <= unrefined.objective ? refined : unrefined;
    const safe = refined ?? unrefined;
    if (safe) return safe;
    if (points < 2) return yield* runPreflight(rows, x, rounded(plain, x), options);
    count = points >> 1;
  }
}

/** Null when every point lies too close to a row; other refusals are thrown. */
async function* checkOrNull(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  rkme: Specification,
  options: ReduceOptions,
): Steps<Checked | null> {
  try {
    return yield* runPreflight(rows, x, rounded(rkme, x), options);
  } catch (error) {
    if (isTooClose(error)) return null;
    throw error;
  }
}

function rounded(rkme: Specification, x: Matrix<Float32Array>): Specification {
  return { ...rkme, points: coarsePoints(rkme.points, x) };
}

function isTooClose(error: unknown): boolean {
  return (
    error instanceof EngineError &&
    error.code === "preflight_failed" &&
    error.details["reason"] === "too_close"
  );
}
