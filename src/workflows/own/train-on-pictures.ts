import type { LookedAt, OwnRequest } from "../../contracts/workers/own-plan";
import { EngineError } from "../../engine/ground/errors";
import { type Matrix, pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import { type FittedModel, predictModel } from "../../engine/learner/choose-model";
import { crossFit } from "../../engine/learner/cross-fit";
import { pickTarget, type Target } from "../../engine/learner/target";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import { fitImageHead } from "../train/image-head";
import { ownTarget } from "./own-target";
import {
  judged,
  MOST_JUDGED,
  MOST_LEARNED,
  predictionsOf,
  type TrainedOwn,
  withHeldOut,
} from "./train-own";

/**
 * Train a head on what the embedder sees in the user's own pictures, and the classes that a column holds of some of them, judge
 * it by cross-validation, and predict every picture.
 *
 * @param table - Of the pictures: its other columns are not learned from.
 * @throws EngineError `no_usable_rows` with a `reason` of `NoOwnModel`.
 */
export async function* trainOnPictures(
  table: Table,
  { vectors, side }: LookedAt,
  { target: name, seed = 0 }: Pick<OwnRequest, "target" | "seed">,
): Steps<TrainedOwn> {
  const { target, labels, rows, lonely } = ownTarget(table, name, "classification");
  const known = pickRows(vectors, rows);
  const cross = yield* crossFit(known, target, {
    ...{ kinds: ["linear"], seed, mostRows: MOST_JUDGED, fit: fitHead },
  });
  const learned = sampleIndices(known.rows, MOST_LEARNED, seededRandom(seed)).sort();
  const fitted = yield* fitHead(pickRows(known, learned), pickTarget(target, learned));
  const model: OwnModel = {
    ...{ target: name, labels, inputs: [], fitted, radius: null },
    pictures: { side },
  };
  const said = withHeldOut(predictModel(fitted, vectors), cross.heldOut, rows);
  return {
    model,
    predictions: predictionsOf(model, said),
    sample: null,
    learned: Int32Array.from(learned, (at) => rows[at]!),
    report: {
      ...judged(cross, target),
      ...{ answers: rows.length, lonely, wanted: table.rows - rows.length - lonely },
      ...{ importances: [], leaks: [], leftOut: [] },
    },
  };
}

/** @param vectors - Shape [n, e]: of other pictures, by the same embedder. */
export function predictPictures(model: OwnModel, vectors: Matrix<Float32Array>): Predictions {
  return predictionsOf(model, predictModel(model.fitted, vectors));
}

async function* fitHead(vectors: Matrix<Float32Array>, target: Target): Steps<FittedModel> {
  if (target.task === "classification") {
    return { kind: "linear", model: yield* fitImageHead(vectors, target) };
  }
  throw new EngineError("bad_parameter", "pictures are told apart by classes");
}
