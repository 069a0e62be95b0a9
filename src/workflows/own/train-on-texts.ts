import type { OwnRequest } from "../../contracts/workers/own-plan";
import { zeros } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import {
  predictTextModel,
  type TextModel,
  trainTextModel,
} from "../../engine/kinds/text/train/text-model";
import { stratifiedFolds } from "../../engine/learner/folds";
import type { ClassTarget } from "../../engine/learner/target";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import { ownTarget, refusal } from "./own-target";
import { judged, MOST_LEARNED, predictionsOf, type TrainedOwn, withHeldOut } from "./train-own";

/** The texts of a column, one a row. */
export interface OwnTexts {
  readonly column: string;
  readonly texts: readonly string[];
}

const FOLDS = 5;

/**
 * Train a model on the words of the user's own texts, and the classes that another column holds of some of them, judge it by
 * cross-validation, and predict every text.
 *
 * @param table - With the column of classes: its other columns are not learned from.
 * @throws EngineError `no_usable_rows` with a `reason` of `NoOwnModel`.
 */
export async function* trainOnTexts(
  table: Table,
  { column, texts }: OwnTexts,
  { target: name, seed = 0 }: Pick<OwnRequest, "target" | "seed">,
): Steps<TrainedOwn> {
  const { target, labels, rows, lonely } = ownTarget(table, name, "classification");
  if (target.task === "regression") throw refusal("many_values", "texts are told apart", name);
  const known = Array.from(rows, (row) => texts[row] ?? "");
  const heldOut = zeros(rows.length, target.classes);
  const folds = stratifiedFolds(target.codes, FOLDS);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = [...folds.keys()].filter((at) => folds[at] !== fold);
    const held = [...folds.keys()].filter((at) => folds[at] === fold);
    const model = yield* asPart(trainOn(known, target, others), fold);
    const said = predictTextModel(model, held.map((at) => known[at]!)); // prettier-ignore
    held.forEach((at, i) => {
      const from = i * said.cols;
      heldOut.data.set(said.data.subarray(from, from + said.cols), at * said.cols);
    });
  }
  const learned = sampleIndices(rows.length, MOST_LEARNED, seededRandom(seed)).sort();
  const trained = yield* asPart(trainOn(known, target, [...learned]), FOLDS);
  if (trained.words.length === 0) {
    throw refusal("no_inputs", "no word stands in more than one text", column);
  }
  const model = modelOf(trained, { target: name, labels, column });
  const said = withHeldOut(predictTextModel(trained, texts), heldOut, rows);
  return {
    model,
    predictions: predictionsOf(model, said),
    ...{ sample: null, learned: Int32Array.from(learned, (at) => rows[at]!) },
    report: {
      ...judged({ kind: "linear", heldOut }, target),
      ...{ answers: rows.length, lonely, wanted: table.rows - rows.length - lonely },
      ...{ importances: [], leaks: [], leftOut: [] },
    },
  };
}

/** @param texts - Of another table, in the column that the model takes. */
export function predictOnTexts(model: OwnModel, texts: readonly string[]): Predictions {
  return predictionsOf(model, predictTextModel(wordsModelOf(model), texts));
}

/**
 * What the model makes of words.
 *
 * @throws EngineError `no_usable_rows` if it takes no texts.
 */
export function wordsModelOf({ texts, fitted, target }: OwnModel): Omit<TextModel, "learner"> {
  if (!texts || fitted.kind !== "linear") throw refusal("no_inputs", "it takes no texts", target);
  const { weights, intercepts } = fitted.model;
  return { words: texts.words, idf: texts.idf, weights, intercepts };
}

function modelOf(
  { words, idf, weights, intercepts }: TextModel,
  { target, labels, column }: Pick<OwnModel, "target" | "labels"> & { readonly column: string },
): OwnModel {
  const features = words.length;
  return {
    ...{ target, labels, inputs: [], radius: null },
    texts: { column, words, idf },
    fitted: {
      kind: "linear",
      model: {
        ...{ task: "classification", features, weights, intercepts },
        standardiser: {
          means: new Float64Array(features),
          factors: new Float64Array(features).fill(1),
          lows: new Float64Array(features),
          highs: new Float64Array(features).fill(1),
        },
      },
    },
  };
}

function trainOn(texts: readonly string[], target: ClassTarget, at: readonly number[]) {
  const codes = Int32Array.from(at, (i) => target.codes[i]!);
  return trainTextModel(
    at.map((i) => texts[i]!),
    { ...target, codes },
  );
}

/** Training of one of the folds, or after them of all texts, as a part of the whole. */
async function* asPart<T>(steps: Steps<T>, part: number): Steps<T> {
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
    const share = next.value.done / Math.max(1, next.value.total);
    yield { stage: "train", done: Math.round(100 * (part + share)), total: 100 * (FOLDS + 1) };
  }
}
