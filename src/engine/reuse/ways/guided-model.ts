import { type LinearModel, predictLinear } from "../../learner/linear/linear-model";
import { fitRidge } from "../../learner/linear/ridge";
import { shrunkenLine } from "../../learner/linear/shrunken-line";
import { standardise, type Standardiser } from "../../learner/linear/standardise";
import { type Matrix, stackRows } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { CORRECTION_ALPHAS, fitClassCorrection } from "./augmenting";
import { featuresOf, guidedLine, guidedStandardiser, rowsAtHand } from "./guided-line";
import { knownRows, type Reuser, required, type ReuseTask } from "../reuser";
import type { RowBlock } from "../rows/row-block";

/** Rows of labels after which a line that these alone draw counts as much as the learnwares' corrected one. */
const LINE_ROWS = 100;

/**
 * A linear model on the user's columns alone, which starts from the line that the learnwares draw through them
 * (`guidedLine`): what it learns of the labels is where that line is wrong, and the more the learnwares make of a column,
 * the more it may change there. With no reason to change anything it is that line. Of numbers it is the mean of this and of
 * the line that n labels draw without it, which counts n / (n + 100): one is held to the learnwares, the other is not.
 *
 * Where learnwares are trees, and answers go on beyond what these saw, it goes on too.
 */
export const guidedModel: Reuser = {
  name: "guided_model",
  tasks: ["regression", "classification"],
  needs: ["labels", "features"],
  leastLabels: 5,
  async *fit(task) {
    const known = knownRows(task);
    const model = yield* fitGuided(task);
    const { cols } = required(known.features, "features");
    const [learnwares, labels] = [known.outputs.values.length, known.outputs.rows];
    return {
      formula: { kind: "own", model: { kind: "linear", model } },
      predict: ({ features }) => ({
        values: predictLinear(model, required(features, "features")),
        account: { code: "guided", columns: cols, learnwares, labels },
      }),
    };
  },
};

async function* fitGuided(task: ReuseTask): Steps<LinearModel> {
  const known = knownRows(task);
  const line = yield* guidedLine(task);
  const { target } = known;
  const standardiser = guidedStandardiser(line, task);
  if (target.task === "regression") {
    const corrected = yield* correctNumbers(line, task, target.values, standardiser);
    const inputs = featuresOf(known);
    const alone = yield* fitRidge(inputs, target, { alphas: CORRECTION_ALPHAS, standardiser });
    const { rows } = inputs;
    return meanOf(corrected, alone, rows / (rows + LINE_ROWS));
  }
  const offsets = scoresOf(line, known);
  return sumOf(line, yield* fitClassCorrection(featuresOf(known), target, offsets, standardiser));
}

/** What corrects the line is another through what it leaves of the answers, as `shrunkenLine` holds it to 0. */
async function* correctNumbers(
  line: LinearModel,
  task: ReuseTask,
  truth: Float64Array,
  standardiser: Standardiser,
): Steps<LinearModel> {
  const known = knownRows(task);
  const drawn = rowsAtHand(task).flatMap((block) => [...scoresOf(line, block).data]);
  const mean = drawn.reduce((sum, y) => sum + y, 0) / drawn.length;
  const spread = Math.sqrt(drawn.reduce((sum, y) => sum + (y - mean) ** 2, 0) / drawn.length) || 1;
  const all = standardise(stackRows(rowsAtHand(task).map(featuresOf)), standardiser);
  const size = Math.sqrt(all.data.reduce((sum, z) => sum + z * z, 0) / all.rows) || 1;
  const columns = standardise(featuresOf(known), standardiser);
  columns.data.forEach((z, at) => (columns.data[at] = z / size));
  const said = scoresOf(line, known).data;
  const direction = said.map((y) => (y - mean) / spread);
  const rest = truth.map((y, i) => y - said[i]!);
  const found = yield* shrunkenLine(rest, direction, columns);
  const correction: LinearModel = {
    ...{ task: "regression", features: line.features, standardiser },
    weights: { data: found.weights.map((w) => w / size), rows: 1, cols: line.features },
    intercepts: Float64Array.of(found.constant - (found.slope * mean) / spread),
  };
  return sumOf(line, correction, 1 + found.slope / spread);
}

/** Numbers, or scores of classes before they are made probabilities. */
function scoresOf(line: LinearModel, block: RowBlock): Matrix<Float64Array> {
  return predictLinear({ ...line, task: "regression" }, featuresOf(block));
}

/**
 * One line that is the mean of two.
 *
 * @param other - On the same columns with other spreads.
 * @param share - Of the other, in [0, 1].
 */
function meanOf(line: LinearModel, other: LinearModel, share: number): LinearModel {
  const part = (one: Float64Array) => one.map((value) => share * value);
  const weights = { ...other.weights, data: part(other.weights.data) };
  return sumOf(line, { ...other, weights, intercepts: part(other.intercepts) }, 1 - share);
}

/**
 * A line and what corrects it, as one model.
 *
 * @param correction - On the same columns with other spreads.
 * @param stretch - Of the line.
 */
function sumOf(line: LinearModel, correction: LinearModel, stretch = 1): LinearModel {
  const { factors } = line.standardiser;
  const spreads = factors.map((one, j) =>
    one > 0 ? correction.standardiser.factors[j]! / one : 0,
  );
  const weights = line.weights.data.map(
    (w, at) => stretch * w + spreads[at % factors.length]! * correction.weights.data[at]!,
  );
  return {
    ...line,
    weights: { ...line.weights, data: weights },
    intercepts: line.intercepts.map((b, k) => stretch * b + correction.intercepts[k]!),
  };
}
