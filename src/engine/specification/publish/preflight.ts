/** @file The privacy check of a reduced set. Nothing is sent that did not pass it. */

import { EngineError } from "../../ground/errors";
import type { LoadedRows } from "../kernel/compute";
import { gaussianGram } from "../kernel/gaussian";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { seededRandom } from "../../ground/random";
import type { KeyedHalf } from "../keyed/keyed-half";
import { coarseWeights } from "./coarse";
import { medianNeighbourDistance } from "./neighbour-distance";
import type { Rehearsed } from "./rehearse";
import { SINGLE_PRECISION_RIDGE } from "../reduce/objective";
import type { Specification } from "../specification";
import { solveSimplexQp } from "../reduce/simplex-qp";
import { gaussianGamma } from "../kernel/kernel";

/** What the privacy check of a reduced set found; every rule must hold before anything is sent. */
export interface RuleReport {
  readonly passed: boolean;
  /** Points kept after the check. */
  readonly points: number;
  /** Points that were dropped because they broke a rule. */
  readonly dropped: number;
  /** Smallest distance from a kept point to a row it was made of; null on a book, whose points are nobody's rows. */
  readonly nearestRow: number | null;
  /** What it had to exceed: 1 % of the median distance between neighbouring rows; null on a book. */
  readonly distanceLimit: number | null;
  /** Fewest rows behind a kept point; at least 5 are asked for. Null on a book. */
  readonly fewestRows: number | null;
}

/** The rules that a specification keeps, and what attacks on it achieve. */
export interface PreflightReport extends RuleReport, Rehearsed {}

/** A reduced set that may be sent. */
export interface Checked {
  readonly rkme: Specification;
  readonly report: RuleReport;
  /** ½βᵀKβ − cᵀβ: half of the squared MMD to the rows, less a constant. */
  readonly objective: number;
  /** Shape [n]: squared distance from each row to the nearest kept point. */
  readonly squaredDistance: Float32Array;
}

/** A table of fewer rows is refused at once: any summary of it is about single rows, and no rehearsal can show it. */
const FEWEST_TABLE_ROWS = 20;
export const FEWEST_ROWS_BEHIND = 5;
export const SHARE_OF_NEIGHBOUR_DISTANCE = 0.01;

/**
 * Make a reduced set safe to send, by dropping points until every rule holds:
 * no point closer to a row than 1 % of the median distance between neighbouring rows, and at
 * least 5 rows behind (nearest to) each point. Points of zero weight go too. Weights are solved
 * anew for those that stay, and rounded.
 *
 * A row too close to a point that is not its nearest is closer still to its nearest, so the
 * smallest distance of the rows behind each point is all that has to be looked at.
 *
 * @param rows - The rows of `x`, loaded.
 * @param x - Shape [n, d].
 * @param rkme - m points of dimension d, exactly as they will be sent.
 * @throws EngineError `preflight_failed` when no point is left, with `details.reason`
 * "too_close" or "too_few_rows" and `details.rows`.
 */
export async function* runPreflight(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  rkme: Specification,
  { seed = 0 }: { readonly seed?: number } = {},
): Steps<Checked> {
  const total = rkme.points.rows;
  yield { stage: "check", done: 0, total };
  const neighbour = medianNeighbourDistance(x, seededRandom(seed));
  if (neighbour === null) throw refusal("too_close", x.rows);
  const limit = SHARE_OF_NEIGHBOUR_DISTANCE * neighbour;
  const means = await rows.kernelMeans(rkme.points, gaussianGamma(rkme.kernel));
  let kept = weighted(rkme, Array.from(means.keys()), means);
  for (;;) {
    yield { stage: "check", done: total - kept.indices.length, total };
    const { index, squaredDistance } = await rows.nearest(kept.rkme.points);
    const behind = countBehind(index, squaredDistance, kept.indices.length);
    const { offending, reason } = judge(behind, limit);
    if (offending.size === 0) {
      const report: RuleReport = {
        passed: true,
        points: kept.indices.length,
        dropped: total - kept.indices.length,
        nearestRow: Math.sqrt(behind.reduce((least, b) => Math.min(least, b.nearest), Infinity)),
        distanceLimit: limit,
        fewestRows: behind.reduce((least, b) => Math.min(least, b.rows), Infinity),
      };
      return { rkme: kept.rkme, report, objective: kept.objective, squaredDistance };
    }
    const left = kept.indices.filter((_, j) => !offending.has(j));
    if (left.length === 0) throw refusal(reason, x.rows);
    kept = weighted(rkme, left, means);
  }
}

/** @throws EngineError `preflight_failed` if a table of n rows is too small to describe at all. */
export function requireEnoughRows(n: number): void {
  if (n < FEWEST_TABLE_ROWS) throw refusal("too_few_rows", n);
}

/** @throws EngineError `preflight_failed` if too few rows were picked to be behind a point. */
export function requireEnoughBehind({ x, order }: Pick<KeyedHalf, "x" | "order">): void {
  if (x.rows < FEWEST_ROWS_BEHIND) throw refusal("too_few_rows", order.length);
}

/** @throws EngineError `preflight_failed` if the rows picked are so few different ones that weights on public points tell them. */
export function requireDifferent({ x, order }: Pick<KeyedHalf, "x" | "order">): void {
  let different = 0;
  for (let row = 0; row < x.rows && different < FEWEST_ROWS_BEHIND; row++) {
    if (row === 0 || !isCopy(x, row)) different++; // Copies stand next to each other.
  }
  if (different < FEWEST_ROWS_BEHIND) throw refusal("too_close", order.length);
}

function isCopy({ data, cols }: Matrix, row: number): boolean {
  for (let at = row * cols; at < (row + 1) * cols; at++) {
    if (data[at] !== data[at - cols]) return false;
  }
  return true;
}

/** Why rows are refused of which even the smallest summary tells too well who was among them. */
export function attackRefusal(rows: number, found: Rehearsed | null): EngineError {
  const message = `a summary of these ${rows} rows would tell rows it was made from apart from others`;
  const details = { reason: "attack", rows, ...found };
  return new EngineError("preflight_failed", message, details);
}

interface Kept {
  readonly rkme: Specification;
  readonly objective: number;
  /** Which of the points they are. */
  readonly indices: readonly number[];
}

/** Some of the points, with the best weights for them; those that get no weight are left out. */
function weighted(all: Specification, wanted: readonly number[], means: Float64Array): Kept {
  const points = pick(all.points, wanted);
  const { weights: best, objective } = solveSimplexQp(
    gaussianGram(points, points, gaussianGamma(all.kernel)),
    Float64Array.from(wanted, (i) => means[i]!),
    { ridge: SINGLE_PRECISION_RIDGE },
  );
  const weights = coarseWeights(best, all.rowCount);
  const carrying = Array.from(weights.keys()).filter((j) => weights[j]! > 0);
  const rkme: Specification = {
    ...all,
    points: pick(points, carrying),
    weights: Float64Array.from(carrying, (j) => weights[j]!),
  };
  return { rkme, objective, indices: carrying.map((j) => wanted[j]!) };
}

function pick({ data, cols }: Matrix<Float64Array>, rows: readonly number[]): Matrix<Float64Array> {
  const picked = new Float64Array(rows.length * cols);
  rows.forEach((row, at) => {
    picked.set(data.subarray(row * cols, (row + 1) * cols), at * cols);
  });
  return { data: picked, rows: rows.length, cols };
}

interface Behind {
  rows: number;
  /** Smallest squared distance of those rows. */
  nearest: number;
}

function countBehind(index: Int32Array, squared: Float32Array, points: number): Behind[] {
  const behind = Array.from({ length: points }, () => ({ rows: 0, nearest: Infinity }));
  for (let i = 0; i < index.length; i++) {
    const point = behind[index[i]!]!;
    point.rows++;
    if (squared[i]! < point.nearest) point.nearest = squared[i]!;
  }
  return behind;
}

type Reason = "too_close" | "too_few_rows";

/**
 * Which points must go now: all that are too close; else those with the fewest rows behind them,
 * not all that have too few, because the rows of one that goes may be enough for another.
 */
function judge(
  behind: readonly Behind[],
  limit: number,
): { readonly offending: ReadonlySet<number>; readonly reason: Reason } {
  const where = (breaks: (b: Behind) => boolean) =>
    Array.from(behind.keys()).filter((j) => breaks(behind[j]!));
  const close = where((b) => !(b.nearest > limit * limit));
  if (close.length > 0) return { offending: new Set(close), reason: "too_close" };
  const thin = where((b) => b.rows < FEWEST_ROWS_BEHIND).sort(
    (i, j) => behind[i]!.rows - behind[j]!.rows,
  );
  return {
    offending: new Set(thin.slice(0, Math.ceil(thin.length / 4))),
    reason: "too_few_rows",
  };
}

/** The same refusal, of all the rows and not of those that were picked of them; other errors as they are. */
export function refusalOfAll(error: unknown, rows: number): unknown {
  const reason = error instanceof EngineError && error.details["reason"];
  return reason === "too_close" || reason === "too_few_rows" ? refusal(reason, rows) : error;
}

function refusal(reason: Reason, rows: number): EngineError {
  const message =
    reason === "too_close"
      ? `every point of a summary of these ${rows} rows would lie on a row`
      : `a summary of ${rows} rows would have fewer than ${FEWEST_ROWS_BEHIND} rows behind a point`;
  return new EngineError("preflight_failed", message, { reason, rows });
}
