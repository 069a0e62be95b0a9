import { stratifiedFolds } from "../../learner/folds";
import {
  fitGradientBoosting,
  predictGradientBoosting,
} from "../../learner/trees/gradient-boosting";
import { type LinearModel, predictLinear } from "../../learner/linear/linear-model";
import {
  fitLogistic,
  type FitLogisticOptions,
  minimiseLogLoss,
} from "../../learner/linear/logistic";
import { fitRidge } from "../../learner/linear/ridge";
import { fitStandardiser, standardise } from "../../learner/linear/standardise";
import type { ClassTarget, Target } from "../../learner/target";
import { type Matrix, pickRows, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import { guidedLine, guidedStandardiser } from "./guided-line";
import { knownRows, type Reused, type Reuser, required, type ReuseTask } from "../reuser";
import { logarithms } from "../outputs/probabilities";
import { pickDoubles, type RowBlock } from "../rows/row-block";
import { unlabelledEstimate } from "../evidence/row-weights";

/** The package's, and two that leave next to nothing of the correction. */
export const CORRECTION_ALPHAS = [0.01, 0.1, 1, 10, 100, 1e3, 1e4];
/** How much columns may add to a score, its mean square, the least first; beside nothing at all. */
const SIZES = [0.1, 1, 10];
const FOLDS = 5;
/** Rows that sizes are judged on: its cost is fifteen fits. */
const MOST_JUDGED_ROWS = 1000;
const JUDGING_STEPS = 50;
/** A size that counts for less is left out. */
const LEAST_ODDS = 0.01;
/** Of a probability: what is ruled out and is so counts as this. */
const LEAST_LOG = Math.log(1e-12);
/** Intercepts are held to 0 too: a class that a handful of labels misses is not ruled out. */
const LOGISTIC = { l2Intercepts: 1 };

/**
 * A linear model on the user's columns and the estimate ȳ made without labels, which corrects that estimate: with all
 * weights held back to 0 it is ȳ. Ridge regression of y − ȳ for numbers, its penalty chosen by leave-one-out; logistic
 * regression with log ȳ added to the scores for classes. Columns that the learnwares make more of are held back less, as `guidedStandardiser` does it.
 *
 * The package fits such columns from nothing (`FeatureAugmentReuser`), all held back alike, and chooses by accuracy.
 * Each learnware's own output is left to `stacking`: beside the columns, that many more cost more than they tell.
 *
 * Source: Tan et al., "Beimingwu: A Learnware Dock System", KDD 2024 (feature augmentation among its ways of reuse).
 */
export const augmentingLinear: Reuser = {
  name: "augment_linear",
  tasks: ["regression", "classification"],
  needs: ["labels", "features"],
  leastLabels: 10,
  async *fit(task) {
    const model = yield* fitCorrection(task);
    const account = accountOf("linear", task);
    return {
      formula: { kind: "corrected", model: { kind: "linear", model } },
      predict(block): Reused {
        const wide = widen(block, task);
        return {
          values: predictLinear(model, wide.inputs, offsetsOf(wide.average, model)),
          account,
        };
      },
    };
  },
};

/** Boosted trees on the same columns: of y − ȳ for numbers, of the class itself for classes. */
export const augmentingTrees: Reuser = {
  name: "augment_trees",
  tasks: ["regression", "classification"],
  needs: ["labels", "features"],
  leastLabels: 50,
  growsTrees: true,
  async *fit(task) {
    const known = knownRows(task);
    const { inputs, average } = widen(known, task);
    const model = yield* fitGradientBoosting(inputs, remainder(known.target, average));
    const account = accountOf("trees", task);
    return {
      formula: { kind: "corrected", model: { kind: "trees", model } },
      predict(block): Reused {
        const wide = widen(block, task);
        const values = predictGradientBoosting(model, wide.inputs);
        if (model.task === "regression") {
          values.data.forEach((value, i) => (values.data[i] = value + wide.average.data[i]!));
        }
        return { values, account };
      },
    };
  },
};

/** The user's columns, then the estimate without labels. */
function widen(block: RowBlock, { shares }: ReuseTask) {
  const own = required(block.features, "features");
  const average = unlabelledEstimate(block, shares);
  const cols = own.cols + average.cols;
  const data = new Float32Array(own.rows * cols);
  for (let i = 0; i < own.rows; i++) {
    data.set(own.data.subarray(i * own.cols, (i + 1) * own.cols), i * cols);
    data.set(average.data.subarray(i * average.cols, (i + 1) * average.cols), i * cols + own.cols);
  }
  return { inputs: { data, rows: own.rows, cols }, average };
}

function accountOf(learner: "linear" | "trees", task: ReuseTask): Reused["account"] {
  const { features, outputs } = knownRows(task);
  return {
    code: "augmented",
    learner,
    columns: required(features, "features").cols,
    learnwares: outputs.values.length,
    labels: outputs.rows,
  };
}

/** What the average leaves of numbers; classes as they are. */
function remainder(target: Target, average: Matrix<Float64Array>): Target {
  if (target.task === "classification") return target;
  return { ...target, values: target.values.map((y, i) => y - average.data[i]!) };
}

async function* fitCorrection(task: ReuseTask): Steps<LinearModel> {
  const known = knownRows(task);
  const { inputs, average } = widen(known, task);
  const line = yield* guidedLine(task);
  const standardiser = guidedStandardiser(line, task, (block) => widen(block, task).inputs);
  const rest = remainder(known.target, average);
  if (rest.task === "regression") {
    return yield* fitRidge(inputs, rest, { alphas: CORRECTION_ALPHAS, standardiser });
  }
  return yield* fitClassCorrection(inputs, rest, logarithms(average), standardiser);
}

/**
 * Logistic regression of what an estimate leaves of classes: the mean of no correction and of those that may add 0.1, 1 or 10
 * to a score (mean square), each counting as much as it makes rows probable that it did not learn from, by 5 folds. With few
 * rows several count, and nothing is chosen.
 *
 * Source: Yao, Vehtari, Simpson, Gelman, "Using Stacking to Average Bayesian Predictive Distributions", Bayesian Analysis 13
 * (2018), section 3.4 (pseudo-BMA: weights by the log probability of rows left out).
 *
 * @param inputs - Shape [n, d], NaN where missing.
 * @param offsets - Shape [n, classes]: the estimate's log probabilities, which are added to the scores.
 */
export async function* fitClassCorrection(
  inputs: Matrix<Float32Array>,
  target: ClassTarget,
  offsets: Matrix<Float64Array>,
  standardiser = fitStandardiser(inputs),
): Steps<LinearModel> {
  const x = standardise(inputs, standardiser);
  const square = x.data.reduce((sum, z) => sum + z * z, 0) / x.rows;
  const penalties = SIZES.map((size) => (square > 0 ? square : 1) / size);
  const options = { ...LOGISTIC, offsets, standardiser };
  const losses = yield* heldOutLosses(inputs, target, options, penalties);
  const least = Math.min(...losses);
  const odds = losses.map((loss) => Math.exp(least - loss));
  const total = odds.reduce((sum, one) => sum + one, 0);
  const weights = zeros(target.classes, inputs.cols);
  const intercepts = new Float64Array(target.classes);
  for (const [s, l2] of penalties.entries()) {
    const share = odds[s + 1]! / total;
    if (share < LEAST_ODDS) continue;
    const fit = yield* minimiseLogLoss(x, target, { ...options, l2 });
    fit.weights.data.forEach((weight, at) => (weights.data[at]! += share * weight));
    fit.intercepts.forEach((one, k) => (intercepts[k]! += share * one));
  }
  return { task: "classification", features: inputs.cols, standardiser, weights, intercepts };
}

function offsetsOf(average: Matrix<Float64Array>, model: LinearModel): Matrix<Float64Array> {
  return model.task === "classification" ? logarithms(average) : average;
}

/** The summed log loss, on rows left out, of no correction and then of each penalty. */
async function* heldOutLosses(
  inputs: Matrix<Float32Array>,
  target: ClassTarget,
  given: FitLogisticOptions & { readonly offsets: Matrix<Float64Array> },
  penalties: readonly number[],
): Steps<number[]> {
  const { offsets } = given;
  const rows = sampleIndices(inputs.rows, MOST_JUDGED_ROWS, seededRandom(1));
  const folds = stratifiedFolds(
    rows.map((row) => target.codes[row]!),
    FOLDS,
  );
  const losses = [logLoss(offsets, target.codes, rows)];
  for (const l2 of penalties) {
    let loss = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      const fitted = rows.filter((_, i) => folds[i] !== fold);
      const judged = rows.filter((_, i) => folds[i] === fold);
      if (judged.length === 0 || fitted.length < 2) continue;
      const options = {
        ...given,
        ...{ l2, maxSteps: JUDGING_STEPS, offsets: pickDoubles(offsets, fitted) },
      };
      const part = { ...target, codes: fitted.map((row) => target.codes[row]!) };
      const model = yield* fitLogistic(pickRows(inputs, fitted), part, options);
      const said = predictLinear(model, pickRows(inputs, judged), pickDoubles(offsets, judged));
      const own = judged.map((row) => target.codes[row]!);
      loss += logLoss(
        { ...said, data: said.data.map(Math.log) },
        own,
        own.map((_, i) => i),
      );
    }
    losses.push(loss);
  }
  return losses;
}

/** −Σ ln p of the classes that rows have. */
function logLoss(scores: Matrix<Float64Array>, codes: Int32Array, rows: Int32Array): number {
  const { data, cols } = scores;
  let loss = 0;
  for (const row of rows) {
    const own = data.slice(row * cols, (row + 1) * cols);
    const most = Math.max(...own);
    const total = own.reduce((sum, score) => sum + Math.exp(score - most), 0);
    loss += Math.log(total) - Math.max(own[codes[row]!]! - most, LEAST_LOG);
  }
  return loss;
}
