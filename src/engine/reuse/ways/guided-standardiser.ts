import { ridgeByLeaveOneOut } from "../../learner/linear/ridge";
import {
  fitStandardiser,
  standardise,
  type Standardiser,
  withSpreads,
} from "../../learner/linear/standardise";
import { type Matrix, stackRows } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { knownRows, required, type ReuseTask } from "../reuser";
import type { RowBlock } from "../rows/row-block";
import { unlabelledEstimate } from "../evidence/row-weights";

/** Per row; shares the weight among columns that say the same. */
const ALPHA = 0.01;
/** Of a column that the learnwares make nothing of, where the largest is 1. */
const LEAST_SPREAD = 0.01;

/**
 * Standardises so that a penalty holds the user's columns back the less the more the learnwares make of them: column j
 * gets the spread |wⱼ| / max |w| + 0.01, where w are the weights of a ridge regression of the estimate made without
 * labels on all columns (for classes √Σₖ wₖⱼ²). It looks at all rows at hand, labelled or not, so that means, limits and
 * weights do not hang on a few labelled ones.
 *
 * Cost is O(n · d² + d³) per class.
 *
 * Source: Zou, "The Adaptive Lasso and Its Oracle Properties", Journal of the American Statistical Association 101
 * (2006), for penalties that a first estimate's weights decide; here learnwares made that estimate.
 *
 * @param inputsOf - Shape [n, ≥ d]: the user's d columns first. Others get the spread 1.
 * @throws EngineError `bad_parameter` if the labelled rows lack columns.
 */
export async function* guidedStandardiser(
  task: ReuseTask,
  inputsOf: (block: RowBlock) => Matrix<Float32Array>,
): Steps<Standardiser> {
  const known = knownRows(task);
  const blocks = task.sample ? [known, task.sample] : [known];
  const features = stackRows(blocks.map((block) => required(block.features, "features")));
  const estimates = blocks.map((block) => unlabelledEstimate(block, task.shares));
  const sizes = yield* weightsOf(features, estimates);
  const largest = Math.max(...sizes);
  const inputs = stackRows(blocks.map(inputsOf));
  const spreads = new Float64Array(inputs.cols).fill(1);
  sizes.forEach((size, j) => (spreads[j] = (largest > 0 ? size / largest : 1) + LEAST_SPREAD));
  return withSpreads(fitStandardiser(inputs), spreads);
}

/** Shape [d]: how large a weight each standardised column has in a line through the estimate. */
async function* weightsOf(
  features: Matrix<Float32Array>,
  estimates: readonly Matrix<Float64Array>[],
): Steps<Float64Array> {
  const standardiser = fitStandardiser(features);
  const alphas = [ALPHA * features.rows];
  const squares = new Float64Array(features.cols);
  const classes = estimates[0]!.cols;
  for (let k = 0; k < classes; k++) {
    const said = estimates.flatMap(({ data }) => [...data.filter((_, at) => at % classes === k)]);
    const x = standardise(features, standardiser);
    const { weights } = yield* ridgeByLeaveOneOut(x, Float64Array.from(said), alphas);
    weights.forEach((weight, j) => (squares[j]! += weight * weight));
  }
  return squares.map(Math.sqrt);
}
