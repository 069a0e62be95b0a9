/** @file The losses of the Python package's ways: what it finds for a user, and its reusers. */

import { finish } from "../../src/engine/ground/finish";
import { averagePredictions } from "../../src/reference/averaging";
import { pickTarget } from "../../src/engine/learner/target";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { alignOutputs } from "../../src/engine/reuse/outputs/outputs";
import { pruning } from "../../src/engine/reuse/ways/pruning";
import type { Market, MarketLearnware } from "./market-build";
import { lossOf } from "./market-loss";
import type { Situation } from "./market-situations";
import type { Losses } from "./market-ways";
import {
  augmentAsReference,
  rankAsReference,
  reduceAsReference,
  selectAsReference,
} from "./reference-way";

/** What it finds for a user: the nearest learnware, and those of its mixture. */
export interface ReferenceFound {
  readonly best: MarketLearnware;
  readonly mixture: readonly MarketLearnware[];
}

/** Its nearest learnware, and its job selector and averaging on its mixture. */
export async function unlabelledReference(
  market: Market,
  { asked }: Situation,
  { best, mixture }: ReferenceFound,
): Promise<Losses> {
  const target = pickTarget(market.target, asked);
  const predictions = mixture.map(({ predictions }) => pickRows(predictions, asked));
  const { cols } = predictions[0]!;
  const chosen = await selectAsReference(
    pickRows(market.raw, asked),
    mixture.map(({ reference }) => reference),
  );
  const selected = new Float64Array(asked.length * cols);
  chosen.forEach((m, i) => {
    selected.set(predictions[m]!.data.subarray(i * cols, (i + 1) * cols), i * cols);
  });
  // Its default blends the columns of classifiers into one number; probabilities are what it has for them.
  const averaged = averagePredictions(
    predictions.map((values) => ({ values, isMatrix: cols > 1, isInteger: false })),
    target.task === "regression" ? "mean" : "vote_by_prob",
  );
  return {
    "reference-top-1": lossOf(target, pickRows(best.predictions, asked)),
    "reference-job-selector": lossOf(target, { data: selected, rows: asked.length, cols }),
    "reference-average": lossOf(target, averaged),
  };
}

/**
 * Its pruning of its mixture, and its augmentation by its nearest learnware, as in its own experiments. Of at
 * most five learnwares any evolution finds the best part, so ours stands for its.
 */
export async function labelledReference(
  market: Market,
  { asked, known }: Situation,
  { best, mixture }: ReferenceFound,
): Promise<Losses> {
  const truth = pickTarget(market.target, asked);
  const labels = pickTarget(market.target, known);
  const pruned = await finish(
    pruning.fit({
      shares: new Float64Array(mixture.length).fill(1),
      known: { ...blockOf(market, mixture, known), target: labels },
    }),
  );
  const { values } = pruned.predict(blockOf(market, mixture, asked));
  const widened = (rows: Int32Array) =>
    beside(pickRows(market.raw, rows), pickRows(best.predictions, rows));
  const augmented = await augmentAsReference(widened(known), labels, widened(asked));
  return {
    "reference-prune": lossOf(truth, values),
    "reference-augment": lossOf(truth, augmented),
  };
}

export function findAsReference({ raw }: Market, { asked, learnwares }: Situation): ReferenceFound {
  const specs = learnwares.map(({ id, reference }) => ({ id, rkme: reference }));
  const { best, mixture } = rankAsReference(reduceAsReference(pickRows(raw, asked)), specs);
  const named = (wanted: string) => learnwares.find(({ id }) => id === wanted)!;
  return { best: named(best), mixture: mixture.map(named) };
}

function blockOf(
  { target, labels }: Market,
  learnwares: readonly MarketLearnware[],
  rows: Int32Array,
) {
  const answers = learnwares.map(({ id, labels: own, predictions }) => ({
    id,
    values: pickRows(predictions, rows),
    labels: target.task === "classification" ? own : null,
  }));
  return { outputs: alignOutputs(answers, labels), evidence: null, features: null };
}

/** Columns of both. */
function beside(a: Matrix<Float32Array>, b: Matrix<Float32Array>): Matrix<Float32Array> {
  const cols = a.cols + b.cols;
  const data = new Float32Array(a.rows * cols);
  for (let i = 0; i < a.rows; i++) {
    data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * cols);
    data.set(b.data.subarray(i * b.cols, (i + 1) * b.cols), i * cols + a.cols);
  }
  return { data, rows: a.rows, cols };
}
