/** @file Learns, for each learnware, how the columns that a table lacks are filled in. */

import type { Alignment } from "../../engine/kinds/table/fill/alignment";
import { givenColumns, linearFill, modelSpace } from "../../engine/kinds/table/fill/fill-in";
import { pickColumns } from "../../engine/specification/marginal";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";
import { asOneStep, type Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { ReuseRequest } from "../../engine/reuse/predict/prepare-reuse";
import type { Tensors } from "./tfjs-backend";
import { trainAlignment } from "./train-alignment";
import { featureRows } from "../../engine/kinds/table/rows/feature-rows";

/** Rows that stand for the user: as many as a specification has points. */
const MOST_ROWS = 100;
/** Some 25 networks are trained; twice the epochs bring the error down by another tenth. */
const TRAINING = { epochs: 60, rate: 0.01 };

/**
 * A map into each learnware's space, trained on top of `linearFill` so that the user's rows become distributed like the
 * learnware's specification. The same seed gives the same maps.
 *
 * Takes about half a second for each learnware in plain JavaScript. Yields `train`, learnware by learnware.
 *
 * @param matches - Which columns the table has.
 * @returns By id; none for a learnware whose model lacks nothing, or of which too little is known.
 * @throws EngineError as `trainAlignment` and the reader of rows do.
 */
export async function* trainAlignments(
  tf: Tensors,
  { learnwares, rows }: Pick<ReuseRequest, "learnwares" | "rows">,
  island: Space,
  matches: readonly FeatureMatch[],
): Steps<ReadonlyMap<string, Alignment>> {
  const chosen = sampleIndices(rows.count, MOST_ROWS, seededRandom(1)).sort();
  const { inputs, scaled } = await rows.read(chosen, false);
  const alignments = new Map<string, Alignment>();
  for (const [done, { id, about, spec }] of learnwares.entries()) {
    if (spec?.rkme.points.cols !== scaled.cols) continue;
    const space = modelSpace(spec.rkme, about.features, island, matches);
    if (space.missing.length === 0 || space.known.length === 0) continue;
    const points = givenColumns(featureRows(inputs(about)), space);
    const weights = new Float64Array(points.rows).fill(1 / points.rows);
    const user = { ...space.set, points, weights, rowCount: points.rows };
    const { start } = linearFill(space);
    const seen = pickColumns(space.set.points, space.known);
    const training = trainAlignment(tf, user, space.set, {
      ...TRAINING,
      ...{ start, seen, answers: space.missing },
    });
    const { alignment } = yield* asOneStep(training, {
      stage: "train",
      done,
      total: learnwares.length,
    });
    alignments.set(id, alignment);
  }
  return alignments;
}
