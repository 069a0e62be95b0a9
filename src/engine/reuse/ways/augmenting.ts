import { stratifiedFolds } from "../../learner/folds";
import {
  fitGradientBoosting,
  predictGradientBoosting,
} from "../../learner/trees/gradient-boosting";
import { type LinearModel, predictLinear } from "../../learner/linear/linear-model";
import { fitLogistic, type FitLogisticOptions } from "../../learner/linear/logistic";
import { fitRidge } from "../../learner/linear/ridge";
import { fitStandardiser, type Standardiser } from "../../learner/linear/standardise";
import type { ClassTarget, Target } from "../../learner/target";
import { type Matrix, pickRows } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import { guidedStandardiser } from "./guided-standardiser";
import { firstWithinNoise } from "./restraint";
import { knownRows, type Reused, type Reuser, required, type ReuseTask } from "../reuser";
import { pickDoubles, type RowBlock } from "../rows/row-block";
import { unlabelledEstimate } from "../evidence/row-weights";

/** The package's, and two that leave next to nothing of the correction. */
export const CORRECTION_ALPHAS = [0.01, 0.1, 1, 10, 100, 1e3, 1e4];
/** 1 / C for the ten values of C that the package tries, the strongest first. */
const PENALTIES = Array.from({ length: 10 }, (_, i) => 10 ** (4 - (8 * i) / 9));
const FOLDS = 5;
/** Rows that choosing a penalty looks at: its cost is fifty fits. */
const MOST_CHOOSING_ROWS = 1000;
const CHOOSING_STEPS = 50;
/** A loss that exceeds the least so far by this factor ends the search. */
const TOO_MUCH = 1.2;
/** Intercepts are held to 0 too: a class that a handful of labels misses is not ruled out. */
const LOGISTIC = { l2Intercepts: 1 };
/** Probabilities that are corrected count as no less. */
export const LEAST_PROBABILITY = 1e-3;

/**
 * A linear model on the user's columns and the estimate ȳ made without labels, which corrects that estimate: with all
 * weights held back to 0 it is ȳ. Ridge regression of y − ȳ for numbers, its penalty chosen by leave-one-out; logistic
 * regression with log ȳ added to the scores for classes, its penalty the strongest within one standard error of the
 * least log loss of 5 folds. Columns that the learnwares make more of are held back less, as `guidedStandardiser` does it.
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
    const known = knownRows(task);
    const { inputs, average } = widen(known, task);
    const standardiser = yield* guidedStandardiser(task, (block) => widen(block, task).inputs);
    const model = yield* fitCorrection(inputs, known.target, average, standardiser);
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

async function* fitCorrection(
  inputs: Matrix<Float32Array>,
  target: Target,
  average: Matrix<Float64Array>,
  standardiser: Standardiser,
): Steps<LinearModel> {
  const rest = remainder(target, average);
  if (rest.task === "regression") {
    return yield* fitRidge(inputs, rest, { alphas: CORRECTION_ALPHAS, standardiser });
  }
  return yield* fitClassCorrection(inputs, rest, average, standardiser);
}

/**
 * Logistic regression with the logarithms of an estimate added to the scores, its penalty the strongest within one
 * standard error of the least log loss of 5 folds.
 *
 * @param inputs - Shape [n, d], NaN where missing.
 * @param estimate - Shape [n, classes]: probabilities.
 */
export async function* fitClassCorrection(
  inputs: Matrix<Float32Array>,
  target: ClassTarget,
  estimate: Matrix<Float64Array>,
  standardiser = fitStandardiser(inputs),
): Steps<LinearModel> {
  const options = { ...LOGISTIC, offsets: logarithms(estimate), standardiser };
  const l2 = yield* choosePenalty(inputs, target, options);
  return yield* fitLogistic(inputs, target, { ...options, l2 });
}

function offsetsOf(average: Matrix<Float64Array>, model: LinearModel): Matrix<Float64Array> {
  return model.task === "classification" ? logarithms(average) : average;
}

/** Of probabilities, none of which counts as less than a thousandth. */
export function logarithms({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  return { data: data.map((p) => Math.log(Math.max(LEAST_PROBABILITY, p))), rows, cols };
}

/** The strongest penalty whose log loss on rows left out is within noise of the least. */
async function* choosePenalty(
  inputs: Matrix<Float32Array>,
  target: ClassTarget,
  given: FitLogisticOptions & { readonly offsets: Matrix<Float64Array> },
): Steps<number> {
  const { offsets } = given;
  const rows = sampleIndices(inputs.rows, MOST_CHOOSING_ROWS, seededRandom(1));
  const folds = stratifiedFolds(
    rows.map((row) => target.codes[row]!),
    FOLDS,
  );
  const losses: Float64Array[] = [];
  let least = Infinity;
  for (const l2 of PENALTIES) {
    const loss = new Float64Array(rows.length);
    for (let fold = 0; fold < FOLDS; fold++) {
      const fitted = rows.filter((_, i) => folds[i] !== fold);
      const part = { ...target, codes: fitted.map((row) => target.codes[row]!) };
      const options = {
        ...given,
        l2,
        maxSteps: CHOOSING_STEPS,
        offsets: pickDoubles(offsets, fitted),
      };
      const model = yield* fitLogistic(pickRows(inputs, fitted), part, options);
      const said = predictLinear(model, pickRows(inputs, rows), pickDoubles(offsets, rows));
      rows.forEach((row, i) => {
        const p = said.data[i * said.cols + target.codes[row]!]!;
        if (folds[i] === fold) loss[i] = -Math.log(Math.max(1e-12, p));
      });
    }
    losses.push(loss);
    const total = loss.reduce((sum, x) => sum + x, 0);
    // Weaker ones cost the most time, and from here on only follow chance further.
    if (total > TOO_MUCH * least) break;
    least = Math.min(least, total);
  }
  return PENALTIES[firstWithinNoise(losses)]!;
}
