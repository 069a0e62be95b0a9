/** @file Rows described in one of three ways, and compared with what was found: for whoever holds the rows. */

import type { PrivacyBudget } from "../../../contracts/workers/description";
import type { Matrix } from "../../../engine/ground/matrix";
import type { Steps } from "../../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../../engine/ground/random";
import { knownColumns } from "../../../engine/kinds/table/fill/fill-in";
import { comparedOf, comparedShare } from "../../../engine/kinds/table/match/compared";
import type { FeatureMatch, Space } from "../../../engine/kinds/table/space/space";
import { islandFeatures } from "../../../engine/search/sketches/island-features";
import type { Ranking } from "../../../engine/search/rank";
import type { CandidateSpec } from "../../../engine/specification/candidate-spec";
import { coarseCount } from "../../../engine/specification/coarse-count";
import { describeRows } from "../../../engine/specification/describe";
import { markSameRows } from "../../../engine/search/same-rows";
import { type KnownPart, rankKnown } from "../../../engine/search/rank-known";
import type { Kernel } from "../../../engine/specification/kernel/kernel";
import type { Compute } from "../../../engine/specification/kernel/compute";
import type { RandomFeatures } from "../../../engine/specification/kernel/random-features";
import {
  clipRows,
  ON_FEATURES,
  privateSketch,
} from "../../../engine/specification/publish/differential-privacy/private-sketch";
import type { Secret } from "../../../engine/specification/keyed/secret";
import type { PreflightReport } from "../../../engine/specification/publish/preflight";
import type { Specification } from "../../../engine/specification/specification";
import { MOST_RANKED_ROWS } from "../amounts";

/** Rows that candidates are compared with. */
export interface RankedRows {
  readonly x: Matrix<Float32Array>;
  readonly kernel: Kernel;
  /** What the table has of the space; the rest was filled in. */
  readonly known: KnownPart;
}

/** The rows themselves, or a repeatable sample of them. */
export function rankedRows(
  x: Matrix<Float32Array>,
  island: Space,
  matches: readonly FeatureMatch[],
): RankedRows {
  return {
    x: sample(x),
    kernel: island.kernel,
    known: {
      columns: knownColumns(island, matches),
      compared: comparedShare(comparedOf(matches)),
    },
  };
}

export async function* rankRows(
  compute: Compute,
  { x, kernel, known }: RankedRows,
  candidates: readonly CandidateSpec[],
): Steps<Ranking> {
  const ranking = yield* rankKnown(compute, x, kernel, candidates, known);
  return known.compared < 1 ? ranking : yield* markSameRows(x, ranking, candidates);
}

/**
 * A specification that is safe to send.
 *
 * @param x - Shape [n, d], scaled by the island.
 * @param secret - Of this browser or machine.
 * @throws EngineError as `describeRows`.
 */
export async function* reduceTable(
  compute: Compute,
  x: Matrix<Float32Array>,
  { kernel }: Pick<Space, "kernel">,
  secret: Secret,
): Steps<{ readonly rkme: Specification; readonly preflight: PreflightReport }> {
  const { rkme, preflight } = yield* describeRows(compute, x, { kernel, secret });
  return { rkme, preflight };
}

/**
 * A sketch of all rows.
 *
 * @param x - Shape [n, d], scaled by the island; clipped in place.
 * @param privacy - Null: no noise, for a search that is made here.
 * @param randomBytes - From a source that cannot be foretold.
 */
export async function* sketchTable(
  compute: Compute,
  x: Matrix<Float32Array>,
  island: Space,
  privacy: PrivacyBudget | null,
  randomBytes: (count: number) => Uint8Array,
): Steps<Float32Array> {
  clipRows(x);
  const sketch = yield* sumUp(compute, x, islandFeatures(island, x.cols));
  if (!privacy) return Float32Array.from(sketch);
  // The noise is for the row count that is published, which is rounded down, so that it gives no other away.
  const rowCount = coarseCount(x.rows);
  return privateSketch(sketch, {
    ...privacy,
    kind: ON_FEATURES,
    rowCount,
    random: randomBytes,
  });
}

async function* sumUp(
  compute: Compute,
  x: Matrix<Float32Array>,
  features: RandomFeatures,
): Steps<Float64Array> {
  yield { stage: "encode", done: 0, total: 1 };
  const rows = await compute.load(x);
  try {
    return await rows.featureMeans(features);
  } finally {
    rows.dispose();
  }
}

function sample(x: Matrix<Float32Array>): Matrix<Float32Array> {
  if (x.rows <= MOST_RANKED_ROWS) return x;
  const chosen = sampleIndices(x.rows, MOST_RANKED_ROWS, seededRandom(0)).sort();
  const data = new Float32Array(chosen.length * x.cols);
  chosen.forEach((row, i) => {
    data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), i * x.cols);
  });
  return { data, rows: chosen.length, cols: x.cols };
}
