import type { Compute, LoadedRows } from "./kernel/compute";
import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { attackRefusal, type PreflightReport, requireEnoughRows } from "./publish/preflight";
import { measureAttack, MOST_ATTACK_AUC } from "./publish/membership-attack";
import { pointsFor, type ReduceOptions } from "./reduce/reduce";
import { reduceSafely } from "./publish/reduce-safely";
import type { Specification } from "./specification";

/** A specification that may be sent, and the rows it was made from, still loaded. */
export interface Described {
  readonly rkme: Specification;
  readonly preflight: PreflightReport;
  /** 95 % of the rows lie within this squared distance of a point. */
  readonly radiusSquared: number;
  /** To be disposed of by the caller. */
  readonly rows: LoadedRows;
}

const COVERED_SHARE = 0.95;
/** A number that was picked because its attack failed flatters itself by about a standard error. */
const PICKED_MARGIN = 0.01;

/**
 * Describe rows by a reduced set that is safe to send: find how many points an attack gets nothing
 * from, load, reduce, check. The one door to all of it.
 *
 * @param x - Shape [n, d], finite, scaled by the island.
 * @throws EngineError `preflight_failed` when no reduced set is safe; `details.reason` says why.
 * @throws EngineError `unsupported_kernel`, or `bad_parameter` if its width or the count is out of range.
 */
export async function* describeRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  options: ReduceOptions,
): Steps<Described> {
  requireEnoughRows(x.rows);
  const { options: safe, attackAuc } = yield* unrevealing(compute, x, options);
  const rows = await compute.load(x);
  let finished = false;
  try {
    const { rkme, report, squaredDistance } = yield* reduceSafely(compute, rows, x, safe);
    finished = true;
    if (attackAuc === null) throw attackRefusal(x.rows, null);
    const preflight = { ...report, attackAuc };
    return { rkme, preflight, radiusSquared: quantile(squaredDistance), rows };
  } finally {
    if (!finished) rows.dispose();
  }
}

/** A way to reduce a table, and what an attack on it achieves; null where no part could be reduced. */
interface Tried {
  readonly options: ReduceOptions;
  readonly attackAuc: number | null;
}

/**
 * The most points, up to those wanted, that a membership attack on parts of the rows gets little
 * from. What it gets falls about as fast as rows per point grow, so the next number to try follows
 * from the last. Where even one refined point says too much (under a narrow kernel it is drawn to a
 * few rows), points are left in the middle of the rows behind them.
 */
async function* unrevealing(
  compute: Compute,
  x: Matrix<Float32Array>,
  options: ReduceOptions,
): Steps<Tried> {
  const most = yield* pointsFor(compute, x, options);
  let tried = { ...options, count: most, refine: options.refine ?? true };
  for (;;) {
    const { count, refine } = tried;
    const attackAuc = yield* attackParts(compute, x, tried);
    const limit = count === 1 ? MOST_ATTACK_AUC : MOST_ATTACK_AUC - PICKED_MARGIN;
    if (attackAuc === null || attackAuc <= limit) return { options: tried, attackAuc };
    if (count > 1) {
      const room = (limit - 0.5) / (attackAuc - 0.5);
      const fewer = Math.floor(count * Math.min(0.85, Math.max(0.4, room)));
      tried = { ...tried, count: Math.max(1, fewer) };
    } else if (refine) {
      tried = { ...tried, count: most, refine: false };
    } else {
      throw attackRefusal(x.rows, attackAuc);
    }
  }
}

/** Attack what these options make of parts of the rows, with as many rows per point as of all. */
function attackParts(
  compute: Compute,
  x: Matrix<Float32Array>,
  options: ReduceOptions & { readonly count: number },
): Steps<number | null> {
  const fit = async function* (train: Matrix<Float32Array>, seed: number): Steps<Specification> {
    const rows = await compute.load(train);
    try {
      const count = Math.max(1, Math.round((options.count * train.rows) / x.rows));
      return (yield* reduceSafely(compute, rows, train, { ...options, count, seed })).rkme;
    } finally {
      rows.dispose();
    }
  };
  return measureAttack(x, fit, options.seed ?? 0, options.count);
}

/** The least value that at least 95 % of the values do not exceed. */
function quantile(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.ceil(COVERED_SHARE * sorted.length) - 1]!;
}
