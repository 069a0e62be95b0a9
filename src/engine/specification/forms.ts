/** @file The two forms that a specification can have: points of its own, or weights on public ones. */

import type { Steps } from "../ground/progress";
import { type Book, onBook, openBook } from "./book/book";
import { MainDirections } from "./book/main-directions";
import { weightsOfMeans } from "./book/weigh";
import type { Compute } from "./kernel/compute";
import { gaussianGamma } from "./kernel/kernel";
import type { KeyedHalf } from "./keyed/keyed-half";
import { deriveSecret, seedOf } from "./keyed/secret";
import { coarseWeights } from "./publish/coarse";
import { type Checked, type RuleReport } from "./publish/preflight";
import { reduceSafely } from "./publish/reduce-safely";
import { pointsFor, type ReduceOptions } from "./reduce/reduce";
import type { Specification } from "./specification";

/** A specification of half of the rows, within the rules that hold for its form. */
export interface Formed {
  readonly rkme: Specification;
  /** Shape [points of the book]: its weights on all of the book; null without one. */
  readonly bookWeights: Float64Array | null;
  readonly report: RuleReport;
  /** Shape [m]: squared distance from each of the rows to the nearest point. */
  readonly squaredDistance: Float32Array;
}

/** A way of describing rows by a number of points, or of directions. */
export interface Form {
  /** Points or directions, at most and at least. */
  readonly most: number;
  readonly fewest: number;
  /** @throws EngineError `preflight_failed` where no such specification is safe. */
  readonly describe: (half: KeyedHalf, count: number) => Steps<Formed>;
}

/** With fewer points or directions of a book, too little is told to find anything by. */
const FEWEST_PARTS = 8;

/** Points of the rows' own, moved to where they describe them best; or, not refined, left in the middle of rows. */
export async function* outlineForm(
  compute: Compute,
  half: KeyedHalf,
  options: Pick<ReduceOptions, "kernel" | "count" | "refine">,
): Steps<Form> {
  const seed = ({ secret }: KeyedHalf) => seedOf(deriveSecret(secret, "points"));
  const most = yield* pointsFor(compute, half.x, { ...options, seed: seed(half) });
  const describe = async function* (of: KeyedHalf, count: number): Steps<Formed> {
    const rows = await compute.load(of.x);
    try {
      const wanted = { ...options, count, seed: seed(of) };
      const made: Checked = yield* reduceSafely(compute, rows, of.x, wanted);
      return { ...made, bookWeights: null };
    } finally {
      rows.dispose();
    }
  };
  return { most, fewest: 1, describe };
}

/** Weights on the first so many points of a book: they are in no order, so that these are a coarser book. */
export function bookForm(compute: Compute, book: Book): Form {
  let part = book;
  let near: Float64Array | undefined;
  return weightForm(compute, book, book.points.rows, (means, count) => {
    if (part.points.rows !== count) {
      part = count === book.points.rows ? book : openBook(firstPoints(book, count), book.kernel);
      near = undefined;
    }
    near = weightsOfMeans(part, means.subarray(0, count), near);
    return near;
  });
}

/** Weights on all points of a book that tell of its main directions alone, or of the first so many of these. */
export function mainForm(compute: Compute, book: Book): Form {
  const main = new MainDirections(book);
  let near: Float64Array | undefined;
  return weightForm(compute, book, main.count, (means, count) => {
    near = main.weigh(means, count, near);
    return near;
  });
}

/**
 * Weights on a book, coarse enough.
 *
 * @param weigh - From the rows' kernel mean at every point to weights, on all of the points or the first of them.
 */
function weightForm(
  compute: Compute,
  book: Book,
  most: number,
  weigh: (means: Float64Array, count: number) => Float64Array,
): Form {
  const gamma = gaussianGamma(book.kernel);
  const describe = async function* (of: KeyedHalf, count: number): Steps<Formed> {
    yield { stage: "weigh", done: 0, total: 1 };
    const rows = await compute.load(of.x);
    try {
      const bookWeights = new Float64Array(book.points.rows);
      const means = await rows.kernelMeans(book.points, gamma);
      bookWeights.set(coarseWeights(weigh(means, count), of.x.rows));
      const rkme = onBook(book, bookWeights, of.x.rows);
      const { squaredDistance } = await rows.nearest(rkme.points);
      return { rkme, bookWeights, squaredDistance, report: bookReport(rkme) };
    } finally {
      rows.dispose();
    }
  };
  return { most, fewest: Math.min(most, FEWEST_PARTS), describe };
}

/** Points that were there before the rows come from none of them: there are no distances to keep. */
function bookReport({ points }: Specification): RuleReport {
  const noRules = { nearestRow: null, distanceLimit: null, fewestRows: null };
  return { passed: true, points: points.rows, dropped: 0, ...noRules };
}

function firstPoints({ points: { data, cols } }: Book, count: number) {
  return { data: data.subarray(0, count * cols), rows: count, cols };
}
