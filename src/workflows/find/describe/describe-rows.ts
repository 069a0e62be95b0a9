/** @file Rows described in one of three ways, and compared with what was found: for whoever holds the rows. */

import type {
  Description,
  PrivacyBudget,
  SketchDescription,
} from "../../../contracts/workers/description";
import { type Matrix, pickRows } from "../../../engine/ground/matrix";
import type { Steps } from "../../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../../engine/ground/random";
import { knownColumns } from "../../../engine/kinds/table/fill/fill-in";
import { comparedOf, comparedShare } from "../../../engine/kinds/table/match/compared";
import { describeOptions } from "../../../engine/kinds/describe-options";
import { isOfTables, type Space } from "../../../engine/kinds/space";
import type { FeatureMatch } from "../../../engine/kinds/table/space/space";
import { islandFeatures } from "../../../engine/search/sketches/island-features";
import type { Ranking } from "../../../engine/search/rank";
import { type BookPoints, openBook, sketchOfMeans } from "../../../engine/specification/book/book";
import { meansOnBook } from "../../../engine/specification/book/row-means";
import { weightsOfSketch } from "../../../engine/specification/book/weigh";
import type { CandidateSpec } from "../../../engine/specification/candidate-spec";
import { coarseCount } from "../../../engine/specification/coarse-count";
import { describeRows } from "../../../engine/specification/describe";
import { markSameRows } from "../../../engine/search/same-rows";
import { type KnownPart, rankKnown } from "../../../engine/search/rank-known";
import { gaussianGamma, type Kernel } from "../../../engine/specification/kernel/kernel";
import type { Compute, LoadedRows } from "../../../engine/specification/kernel/compute";
import {
  clipRows,
  ON_BOOK,
  ON_FEATURES,
  privateSketch,
} from "../../../engine/specification/publish/differential-privacy/private-sketch";
import type { Secret } from "../../../engine/specification/keyed/secret";
import { MOST_RANKED_ROWS } from "../amounts";

/** Rows that candidates are compared with. */
export interface RankedRows {
  readonly x: Matrix<Float32Array>;
  readonly kernel: Kernel;
  /** The points of the space's book; null if it has none. */
  readonly book: BookPoints | null;
  /** What the table has of the space; the rest was filled in. */
  readonly known: KnownPart;
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
  /** Shape [x.rows]: which rows of the table these are; null: all of them. */
  readonly chosen: Int32Array | null;
}

/**
 * The rows themselves, or a repeatable sample of them.
 *
 * @param described - Shape [x.rows]: which rows of the table they are; null: all of them.
 */
export function rankedRows(
  x: Matrix<Float32Array>,
  island: Space,
  matches: readonly FeatureMatch[],
  book: BookPoints | null,
  described: Int32Array | null = null,
): RankedRows {
  const sample = sampled(x.rows);
  return {
    ...{
      x: sample ? pickRows(x, sample) : x,
      chosen: sample && described ? sample.map((i) => described[i]!) : (sample ?? described),
      kernel: island.kernel,
      book,
      island,
      matches,
    },
    known: {
      columns: isOfTables(island) ? knownColumns(island, matches) : [],
      compared: comparedShare(comparedOf(matches)),
    },
  };
}

export async function* rankRows(
  compute: Compute,
  { x, kernel, known, book, island }: RankedRows,
  candidates: readonly CandidateSpec[],
): Steps<Ranking> {
  const isPinned = !isOfTables(island);
  const ranking = yield* rankKnown(compute, x, kernel, candidates, known, book, isPinned);
  return known.compared < 1 ? ranking : yield* markSameRows(x, ranking, candidates);
}

/**
 * A specification that is safe to send.
 *
 * @param x - Shape [n, d], scaled by the island.
 * @param book - The space's points; null if it has none.
 * @param secret - Of this browser or machine.
 * @throws EngineError as `describeRows`.
 */
export async function* reduceTable(
  compute: Compute,
  x: Matrix<Float32Array>,
  island: Space,
  book: BookPoints | null,
  secret: Secret,
): Steps<Pick<Description, "rkme" | "bookWeights" | "preflight">> {
  const options = describeOptions(island, book, secret);
  const { rkme, bookWeights, preflight } = yield* describeRows(compute, x, options);
  return { rkme, bookWeights, preflight };
}

/** A sketch of all rows, and with noise on a book the weights that come nearest to it. */
export type RowSketch = Pick<SketchDescription, "sketch" | "bookWeights">;

/**
 * A sketch of all rows.
 *
 * @param x - Shape [n, d], scaled by the island; may be clipped in place.
 * @param points - The space's book; null if it has none.
 * @param privacy - Null: no noise, for a search that is made here.
 * @param randomBytes - From a source that cannot be foretold.
 */
export async function* sketchTable(
  compute: Compute,
  x: Matrix<Float32Array>,
  island: Space,
  points: BookPoints | null,
  privacy: PrivacyBudget | null,
  randomBytes: (count: number) => Uint8Array,
): Steps<RowSketch> {
  // The noise is for the row count that is published, which is rounded down, so that it gives no other away.
  const noise = privacy && { ...privacy, rowCount: coarseCount(x.rows), random: randomBytes };
  if (points) {
    const book = openBook(points, island.kernel);
    if (!noise) {
      const gamma = gaussianGamma(island.kernel);
      const means = yield* sumUp(compute, x, (rows) => rows.kernelMeans(points, gamma));
      return { sketch: Float32Array.from(sketchOfMeans(book, means)), bookWeights: null };
    }
    // Noise hides what one row adds, and so has to hide what rounding does too.
    const sketch = sketchOfMeans(book, yield* meansOnBook(book, x));
    const noisy = privateSketch(sketch, { ...noise, kind: ON_BOOK });
    yield { stage: "weigh", done: 0, total: 1 };
    return { sketch: noisy, bookWeights: weightsOfSketch(book, noisy) };
  }
  clipRows(x);
  const features = islandFeatures(island, x.cols);
  const sketch = yield* sumUp(compute, x, (rows) => rows.featureMeans(features));
  const sent = noise
    ? privateSketch(sketch, { ...noise, kind: ON_FEATURES })
    : Float32Array.from(sketch);
  return { sketch: sent, bookWeights: null };
}

async function* sumUp(
  compute: Compute,
  x: Matrix<Float32Array>,
  means: (rows: LoadedRows) => Promise<Float64Array>,
): Steps<Float64Array> {
  yield { stage: "encode", done: 0, total: 1 };
  const rows = await compute.load(x);
  try {
    return await means(rows);
  } finally {
    rows.dispose();
  }
}

function sampled(rows: number): Int32Array | null {
  if (rows <= MOST_RANKED_ROWS) return null;
  return sampleIndices(rows, MOST_RANKED_ROWS, seededRandom(0)).sort();
}
