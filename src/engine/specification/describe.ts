import { EngineError } from "../ground/errors";
import { type Matrix, pickRows } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import type { Book } from "./book/book";
import { bookForm, type Form, type Formed, mainForm, outlineForm } from "./forms";
import type { Compute } from "./kernel/compute";
import { type KeyedHalf, keyedHalf } from "./keyed/keyed-half";
import { deriveSecret, type Secret, seedOf } from "./keyed/secret";
import { mostPoints, type Tried } from "./publish/most-points";
import {
  attackRefusal,
  type PreflightReport,
  refusalOfAll,
  requireDifferent,
  requireEnoughBehind,
  requireEnoughRows,
} from "./publish/preflight";
import { isUnrevealing, rehearseAttacks } from "./publish/rehearse";
import type { ReduceOptions } from "./reduce/reduce";
import type { Specification } from "./specification";

export interface DescribeOptions extends Pick<ReduceOptions, "kernel" | "count"> {
  /** 32 bytes of this browser or machine: decide which half of the rows has a part in what leaves. */
  readonly secret: Secret;
  /** The public points of the space, where it has some: the specification is then weights on them. */
  readonly book?: Book | undefined;
  /** Of a book that is pinned: its main directions alone are told of; docs/decisions/0014 tells why. */
  readonly isPinned?: boolean;
}

/** A specification that may be sent. */
export interface Described {
  readonly rkme: Specification;
  /** Shape [points of the book]: its weights on all of the book; null without one. */
  readonly bookWeights: Float64Array | null;
  readonly preflight: PreflightReport;
  /** 95 % of the rows that it was made of lie within this squared distance of a point. */
  readonly radiusSquared: number;
}

const COVERED_SHARE = 0.95;
/** Most rows that attacks are tried on; of a larger table a sample, with as many rows per point. */
const MOST_ATTACKED_ROWS = 20_000;

/**
 * Describe rows by a specification that is safe to send: toss a coin for every row, find how many points
 * may describe the half that is picked before attacks get something from them, describe, check. The one door to all of it.
 *
 * What leaves is of that half alone, and of the same bytes for the same rows in any order, as long as the same
 * implementation does the sums. Only the number of rows is that of all, for whoever sends it to round.
 *
 * @param x - Shape [n, d], finite, scaled by the island.
 * @throws EngineError `preflight_failed` when no specification is safe; `details.reason` says why.
 * @throws EngineError `unsupported_kernel`, or `bad_parameter` if its width, the count or the secret is out of range.
 */
export async function* describeRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  { secret, book, isPinned = false, ...options }: DescribeOptions,
): Steps<Described> {
  requireEnoughRows(x.rows);
  const half = keyedHalf(x, secret);
  requireEnoughBehind(half);
  if (book) {
    requireDifferent(half);
    const form = (isPinned ? mainForm : bookForm)(compute, book);
    return yield* describeIn(form, half, yield* unrevealing(form, x, half));
  }
  // Under a narrow kernel even one refined point is drawn to a few rows: then points stay in the middle of theirs.
  const refined = yield* outlineForm(compute, half, { ...options, refine: true });
  const tried = yield* unrevealing(refined, x, half);
  if (!tried.found || isUnrevealing(tried.found)) return yield* describeIn(refined, half, tried);
  const plain = yield* outlineForm(compute, half, { ...options, refine: false });
  return yield* describeIn(plain, half, yield* unrevealing(plain, x, half));
}

/** How many points of this form attacks get little from. They are tried on a sample of a large table. */
function unrevealing(form: Form, x: Matrix<Float32Array>, half: KeyedHalf): Steps<Tried> {
  const secret = deriveSecret(half.secret, "attack");
  const sampled = sampleIndices(x.rows, MOST_ATTACKED_ROWS, seededRandom(seedOf(secret)));
  const rows = pickRows(
    x,
    sampled.map((at) => half.order[at]!),
  );
  return mostPoints(form, (count) => {
    const fit = (train: Matrix<Float32Array>, own: Secret) =>
      specificationOrNull(form, keyedHalf(train, own), (count * train.rows) / x.rows);
    return rehearseAttacks(rows, fit, { secret, count });
  });
}

async function* describeIn(form: Form, half: KeyedHalf, { count, found }: Tried): Steps<Described> {
  const rowCount = half.order.length;
  const { report, squaredDistance, ...formed } = yield* describeOrSay(form, half, count);
  if (!found || !isUnrevealing(found)) throw attackRefusal(rowCount, found);
  return {
    rkme: { ...formed.rkme, rowCount },
    bookWeights: formed.bookWeights,
    preflight: { ...report, ...found },
    radiusSquared: quantile(squaredDistance),
  };
}

async function* describeOrSay(form: Form, half: KeyedHalf, count: number): Steps<Formed> {
  try {
    return yield* form.describe(half, count);
  } catch (error) {
    throw refusalOfAll(error, half.order.length);
  }
}

/** Null if the part that was drawn cannot be described safely; that says nothing of the attacks. */
async function* specificationOrNull(
  form: Form,
  half: KeyedHalf,
  count: number,
): Steps<Specification | null> {
  try {
    requireEnoughBehind(half);
    const formed = yield* form.describe(half, Math.max(form.fewest, Math.round(count)));
    return formed.rkme;
  } catch (error) {
    if (error instanceof EngineError && error.code === "preflight_failed") return null;
    throw error;
  }
}

/** The least value that at least 95 % of the values do not exceed. */
function quantile(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.ceil(COVERED_SHARE * sorted.length) - 1]!;
}
