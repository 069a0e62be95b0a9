import { type LinearModel, predictLinear } from "../../learner/linear/linear-model";
import { ridgeByLeaveOneOut } from "../../learner/linear/ridge";
import {
  fitStandardiser,
  standardise,
  type Standardiser,
  withSpreads,
} from "../../learner/linear/standardise";
import { type Matrix, stackRows, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { logarithms } from "../outputs/probabilities";
import { knownRows, required, type ReuseTask } from "../reuser";
import type { RowBlock } from "../rows/row-block";
import { unlabelledEstimate } from "../evidence/row-weights";

/** Per row; shares the weight among columns that say the same. */
const ALPHA = 0.01;
/** Of a column that the learnwares make nothing of, where the largest is 1. */
const LEAST_SPREAD = 0.01;

/**
 * What the learnwares say, as a line through the user's columns: the ridge regression of the estimate made without labels
 * on all columns, of log probabilities for classes. It looks at all rows at hand, labelled or not. Beyond the rows that the
 * learnwares knew it goes on where trees stop.
 *
 * Cost is O(n · d² + d³) per class.
 *
 * Source: Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network" (2015), of what models say of rows
 * without labels.
 *
 * @returns On columns of spread 1.
 * @throws EngineError `bad_parameter` if the labelled rows lack columns.
 */
export async function* guidedLine(task: ReuseTask): Steps<LinearModel> {
  const blocks = rowsAtHand(task);
  const features = stackRows(blocks.map(featuresOf));
  const said = blocks.map((block) => scoresOf(block, task));
  const standardiser = fitStandardiser(features);
  const alphas = [ALPHA * features.rows];
  const classes = said[0]!.cols;
  const weights = zeros(classes, features.cols);
  const intercepts = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    const values = said.flatMap(({ data }) => [...data.filter((_, at) => at % classes === k)]);
    const x = standardise(features, standardiser);
    const line = yield* ridgeByLeaveOneOut(x, Float64Array.from(values), alphas);
    weights.data.set(line.weights, k * weights.cols);
    intercepts[k] = line.intercept;
  }
  return {
    task: blocks[0]!.outputs.task,
    features: features.cols,
    standardiser,
    weights,
    intercepts,
  };
}

/**
 * How much of what the learnwares say differs between rows is also in their line: R² of numbers or probabilities over all rows
 * at hand, 1 where they say the same of every row.
 */
export async function* lineFit(task: ReuseTask): Steps<number> {
  const line = yield* guidedLine(task);
  const outputs = line.intercepts.length;
  const means = new Float64Array(outputs);
  const pairs = rowsAtHand(task).map((block) => ({
    said: unlabelledEstimate(block, task.shares),
    drawn: predictLinear(line, featuresOf(block)),
  }));
  const rows = pairs.reduce((sum, { said }) => sum + said.rows, 0);
  for (const { said } of pairs) said.data.forEach((y, at) => (means[at % outputs]! += y / rows));
  let [left, all] = [0, 0];
  for (const { said, drawn } of pairs) {
    said.data.forEach((y, at) => {
      left += (y - drawn.data[at]!) ** 2;
      all += (y - means[at % outputs]!) ** 2;
    });
  }
  return all > 0 ? 1 - left / all : 1;
}

/**
 * Standardises so that a penalty holds the user's columns back the less the more the learnwares make of them: column j
 * gets the spread |wⱼ| / max |w| + 0.01, where w are the weights of their line (for classes √Σₖ wₖⱼ²).
 *
 * Source: Zou, "The Adaptive Lasso and Its Oracle Properties", Journal of the American Statistical Association 101
 * (2006), for penalties that a first estimate's weights decide; here learnwares made that estimate.
 *
 * @param inputsOf - Shape [n, ≥ d]: the user's d columns first. Others get the spread 1.
 */
export function guidedStandardiser(
  { weights }: LinearModel,
  task: ReuseTask,
  inputsOf: (block: RowBlock) => Matrix<Float32Array> = featuresOf,
): Standardiser {
  const inputs = stackRows(rowsAtHand(task).map(inputsOf));
  const sizes = new Float64Array(weights.cols);
  weights.data.forEach((weight, at) => (sizes[at % weights.cols]! += weight * weight));
  const largest = Math.sqrt(Math.max(...sizes));
  const spreads = new Float64Array(inputs.cols).fill(1);
  sizes.forEach((size, j) => {
    spreads[j] = (largest > 0 ? Math.sqrt(size) / largest : 1) + LEAST_SPREAD;
  });
  return withSpreads(fitStandardiser(inputs), spreads);
}

/** The rows with answers, and those to be predicted. */
export function rowsAtHand(task: ReuseTask): RowBlock[] {
  const known = knownRows(task);
  return task.sample ? [known, task.sample] : [known];
}

export function featuresOf({ features }: RowBlock): Matrix<Float32Array> {
  return required(features, "features");
}

/** What the learnwares say, as a line may follow it: numbers, or log probabilities. */
function scoresOf(block: RowBlock, { shares }: ReuseTask): Matrix<Float64Array> {
  const estimate = unlabelledEstimate(block, shares);
  return block.outputs.task === "regression" ? estimate : logarithms(estimate);
}
