import { EngineError } from "../errors";
import type { Compute, LoadedRows } from "../kernel/compute";
import type { Matrix } from "../matrix";
import type { Steps } from "../progress";
import { type Checked, type PreflightReport, requireEnoughRows, runPreflight } from "./preflight";
import { reduceRows, type ReduceOptions } from "./reduce";
import type { Rkme } from "./rkme";

/** A specification that may be sent, and the rows it was made from, still loaded. */
export interface Described {
  readonly rkme: Rkme;
  readonly preflight: PreflightReport;
  /** 95 % of the rows lie within this squared distance of a point. */
  readonly radiusSquared: number;
  /** To be disposed of by the caller. */
  readonly rows: LoadedRows;
}

const COVERED_SHARE = 0.95;

/**
 * Describe rows by a reduced set that is safe to send: load, reduce, check. The one door to all of
 * it. Where the check drops most points, clusters are tried without refining them; where every
 * point would lie on a row (few different rows), fewer points are, down to one.
 *
 * @param x - Shape [n, d], finite, scaled by the island.
 * @throws EngineError `preflight_failed` when no reduced set is safe; `details.reason` says why.
 * @throws EngineError `bad_parameter` if gamma or count is out of range.
 */
export async function* describeRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  options: ReduceOptions,
): Steps<Described> {
  requireEnoughRows(x.rows);
  const rows = await compute.load(x);
  let finished = false;
  try {
    const { rkme, report, squaredDistance } = yield* reduceSafely(rows, x, options);
    finished = true;
    return { rkme, preflight: report, radiusSquared: quantile(squaredDistance), rows };
  } finally {
    if (!finished) rows.dispose();
  }
}

async function* reduceSafely(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  options: ReduceOptions,
): Steps<Checked> {
  let { count } = options;
  for (;;) {
    const wanted = { ...options, ...(count && { count }) };
    const rkme = yield* reduceRows(rows, x, wanted);
    const refined = yield* checkOrNull(rows, x, rkme, options);
    const points = rkme.points.rows;
    if (refined && 2 * refined.report.points >= points) return refined;
    // Where the kernel is narrow, refining draws points onto single rows; clusters stay off them.
    const plain = yield* reduceRows(rows, x, { ...wanted, refine: false });
    const unrefined = yield* checkOrNull(rows, x, plain, options);
    if (refined && unrefined) return refined.objective <= unrefined.objective ? refined : unrefined;
    const safe = refined ?? unrefined;
    if (safe) return safe;
    if (points < 2) return yield* runPreflight(rows, x, plain, options);
    count = points >> 1;
  }
}

/** Null when every point lies too close to a row; other refusals are thrown. */
async function* checkOrNull(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  rkme: Rkme,
  options: ReduceOptions,
): Steps<Checked | null> {
  try {
    return yield* runPreflight(rows, x, rkme, options);
  } catch (error) {
    if (isTooClose(error)) return null;
    throw error;
  }
}

function isTooClose(error: unknown): boolean {
  return (
    error instanceof EngineError &&
    error.code === "preflight_failed" &&
    error.details["reason"] === "too_close"
  );
}

/** The least value that at least 95 % of the values do not exceed. */
function quantile(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.ceil(COVERED_SHARE * sorted.length) - 1]!;
}
