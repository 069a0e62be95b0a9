import { type Matrix, pickRows, zeros } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import { type FittedModel, fitModel, type ModelKind, predictModel, rowLoss } from "./choose-model";
import { stratifiedFolds } from "./folds";
import { pickTarget, type Target } from "./target";

export interface CrossFit {
  /** The kind whose loss on rows it did not learn from is least. */
  readonly kind: ModelKind;
  /**
   * Shape [n, 1] or [n, classes]: of each row by a model that has not learned from it, of the kind that does best on the
   * other folds, so that not even the choice has seen it.
   */
  readonly heldOut: Matrix<Float64Array>;
  /** Shape [n]: which fold each row is held out in. */
  readonly folds: Int32Array;
  /** Per fold: a model of `kind` that has not learned from its rows. */
  readonly models: readonly FittedModel[];
}

export interface CrossFitOptions {
  readonly kinds: readonly ModelKind[];
  readonly seed: number;
  /** Rows that one model learns from; more are sampled. */
  readonly mostRows: number;
  /** How a model of a kind is fitted; as `fitModel` does if left out. */
  readonly fit?: typeof fitModel;
}

const FOLDS = 5;

/**
 * Predict every row by models that have not learned from it, and choose between kinds of model by that.
 *
 * Source: Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", Journal of the Royal Statistical
 * Society B 36 (1974).
 *
 * @param inputs - Shape [n, d], NaN where missing; n ≥ 10.
 * @throws EngineError as the learners do.
 */
export async function* crossFit(
  inputs: Matrix<Float32Array>,
  target: Target,
  { kinds, seed, mostRows, fit = fitModel }: CrossFitOptions,
): Steps<CrossFit> {
  const folds = shuffledFolds(inputs.rows, target, seed);
  const rows = Int32Array.from(folds.keys());
  const total = kinds.length * FOLDS;
  const tried: Tried[] = [];
  for (const kind of kinds) {
    const values = zeros(inputs.rows, target.task === "regression" ? 1 : target.classes);
    const models: FittedModel[] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const others = rows.filter((row) => folds[row] !== fold);
      const random = seededRandom(seed + fold);
      const learned = sampleIndices(others.length, mostRows, random).sort().map((i) => others[i]!); // prettier-ignore
      const done = tried.length * FOLDS + fold;
      const steps = fit(pickRows(inputs, learned), pickTarget(target, learned), kind, seed);
      const model = yield* asPart(steps, done, total);
      const judged = rows.filter((row) => folds[row] === fold);
      const said = predictModel(model, pickRows(inputs, judged));
      judged.forEach((row, i) => {
        const from = i * said.cols;
        values.data.set(said.data.subarray(from, from + said.cols), row * said.cols);
      });
      models.push(model);
    }
    tried.push({ kind, values, models, losses: foldLosses(values, target, folds) });
  }
  const heldOut = zeros(inputs.rows, tried[0]!.values.cols);
  for (const row of rows) {
    const fold = folds[row]!;
    const { values } = best(tried, (one) => sum(one.losses) - one.losses[fold]!);
    const from = row * heldOut.cols;
    heldOut.data.set(values.data.subarray(from, from + heldOut.cols), from);
  }
  const { kind, models } = best(tried, (one) => sum(one.losses));
  return { kind, heldOut, folds, models };
}

interface Tried {
  readonly kind: ModelKind;
  readonly values: Matrix<Float64Array>;
  readonly models: readonly FittedModel[];
  /** Shape [FOLDS]: summed. */
  readonly losses: Float64Array;
}

/** The rows' order is left out of it: files are often sorted. */
function shuffledFolds(count: number, target: Target, seed: number): Int32Array {
  const order = sampleIndices(count, count, seededRandom(seed));
  const codes = target.task === "regression" ? new Int32Array(count) : target.codes;
  const dealt = stratifiedFolds(order.map((row) => codes[row]!), FOLDS); // prettier-ignore
  const folds = new Int32Array(count);
  order.forEach((row, at) => (folds[row] = dealt[at]!));
  return folds;
}

function foldLosses(values: Matrix, target: Target, folds: Int32Array): Float64Array {
  const losses = new Float64Array(FOLDS);
  folds.forEach((fold, row) => (losses[fold]! += rowLoss(values, target, row)));
  return losses;
}

/** The first of equals. */
function best(tried: readonly Tried[], lossOf: (one: Tried) => number): Tried {
  return tried.reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A job as one of several equal parts. */
async function* asPart<T>(steps: Steps<T>, done: number, total: number): Steps<T> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    const part = step.value.done / Math.max(1, step.value.total);
    yield { stage: "train", done: Math.round(100 * (done + part)), total: 100 * total };
  }
}
