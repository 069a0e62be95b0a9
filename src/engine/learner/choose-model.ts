import { type Matrix, pickRows } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import {
  fitGradientBoosting,
  type GradientBoosting,
  predictGradientBoosting,
} from "./trees/gradient-boosting";
import { type LinearModel, predictLinear } from "./linear/linear-model";
import { fitLogistic } from "./linear/logistic";
import { fitRidge } from "./linear/ridge";
import { pickTarget, type Target } from "./target";

export type ModelKind = "trees" | "linear";

export type FittedModel =
  | { readonly kind: "trees"; readonly model: GradientBoosting }
  | { readonly kind: "linear"; readonly model: LinearModel };

/** Share of the rows that `auto` sets aside to choose between kinds of model. */
const CHOOSING_SHARE = 0.2;

/**
 * Fit trees or a linear model; `auto` fits both on four fifths of the rows, keeps the kind with
 * the lower loss on the rest, and fits it again on all rows.
 *
 * @param inputs - Shape [n, d], NaN where missing.
 * @throws EngineError as the learners do.
 */
export async function* fitModel(
  inputs: Matrix<Float32Array>,
  target: Target,
  kind: ModelKind | "auto",
  seed = 0,
): Steps<FittedModel> {
  if (kind !== "auto") return yield* fitKind(kind, inputs, target, seed);
  const order = sampleIndices(inputs.rows, inputs.rows, seededRandom(seed + 1));
  const cut = Math.round(inputs.rows * CHOOSING_SHARE);
  const judged = order.slice(0, cut);
  const fitted = order.slice(cut);
  let best: { kind: ModelKind; loss: number } | null = null;
  for (const tried of ["linear", "trees"] as const) {
    const model = yield* fitKind(tried, pickRows(inputs, fitted), pickTarget(target, fitted), seed);
    const loss = meanLoss(
      predictModel(model, pickRows(inputs, judged)),
      pickTarget(target, judged),
    );
    if (!best || loss < best.loss) best = { kind: tried, loss };
  }
  return yield* fitKind(best!.kind, inputs, target, seed);
}

/** Values [n, 1], or class probabilities [n, classes]. */
export function predictModel(
  fitted: FittedModel,
  inputs: Matrix<Float32Array>,
): Matrix<Float64Array> {
  return fitted.kind === "trees"
    ? predictGradientBoosting(fitted.model, inputs)
    : predictLinear(fitted.model, inputs);
}

/** Squared error, or negative log probability of the true class, of one row. */
export function rowLoss({ data, cols }: Matrix, target: Target, row: number): number {
  if (target.task === "regression") return (data[row]! - target.values[row]!) ** 2;
  return -Math.log(Math.max(1e-12, data[row * cols + target.codes[row]!]!));
}

function meanLoss(predictions: Matrix<Float64Array>, target: Target): number {
  let sum = 0;
  for (let i = 0; i < predictions.rows; i++) sum += rowLoss(predictions, target, i);
  return sum / predictions.rows;
}

async function* fitKind(
  kind: ModelKind,
  inputs: Matrix<Float32Array>,
  target: Target,
  seed: number,
): Steps<FittedModel> {
  if (kind === "trees") {
    return { kind, model: yield* fitGradientBoosting(inputs, target, { seed }) };
  }
  const model =
    target.task === "regression"
      ? yield* fitRidge(inputs, target)
      : yield* fitLogistic(inputs, target);
  return { kind, model };
}
