import type { Compute, LoadedRows } from "../kernel/compute";
import type { Matrix } from "../matrix";
import type { Steps } from "../progress";
import { type PreflightReport, requireEnoughRows } from "./preflight";
import type { ReduceOptions } from "./reduce";
import { reduceSafely } from "./reduce-safely";
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
 * it.
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
    const { rkme, report, squaredDistance } = yield* reduceSafely(compute, rows, x, options);
    finished = true;
    return { rkme, preflight: report, radiusSquared: quantile(squaredDistance), rows };
  } finally {
    if (!finished) rows.dispose();
  }
}

/** The least value that at least 95 % of the values do not exceed. */
function quantile(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.ceil(COVERED_SHARE * sorted.length) - 1]!;
}
