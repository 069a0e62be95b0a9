import { type LinearModel, predictLinear } from "../../learner/linear/linear-model";
import { fitStandardiser, standardise } from "../../learner/linear/standardise";
import type { Target } from "../../learner/target";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { LEAST_PROBABILITY, logarithms } from "../outputs/probabilities";
import { fitClassCorrection } from "./augmenting";
import { firstWithinNoise } from "./restraint";
import { type FittedReuser, knownRows, type Reuser } from "../reuser";

/**
 * How far a line may go from what the learnware says, per row, the most restrained first. `null` leaves it as it is,
 * Infinity shifts it only.
 */
const PENALTIES = [null, Infinity, 1, 0.1, 0.01];

/**
 * A linear head on the outputs of the one learnware that answers the labelled rows best: it is shifted and stretched
 * (numbers), or its classes are weighed anew (classes), as far as the labels speak for it. With all weights at 0 the
 * learnware is left as it is.
 *
 * Of numbers the learnware is the one whose best head has the least leave-one-out error; of classes the one of least log
 * loss, whose head is a logistic regression on its log probabilities, with these added to the scores.
 */
export const heading: Reuser = {
  name: "head",
  tasks: ["regression", "classification"],
  needs: ["labels"],
  leastLabels: 10,
  async *fit(task): Steps<FittedReuser> {
    const { outputs, target } = knownRows(task);
    const { learnware, model } = yield* fitHead(outputs.values, target);
    const isCorrected = [...model.weights.data, ...model.intercepts].some((one) => one !== 0);
    const [of, labels] = [outputs.values.length, outputs.rows];
    return {
      formula: { kind: "head", learnware, model },
      predict(block) {
        const said = block.outputs.values[learnware]!;
        const offsets = offsetsOf(said, model.task);
        return {
          values: predictLinear(model, asFloats(offsets), offsets),
          account: { code: "headed", learnware, of, labels, isCorrected },
        };
      },
    };
  },
};

interface Head {
  readonly learnware: number;
  /** On the learnware's numbers, or log probabilities. */
  readonly model: LinearModel;
}

async function* fitHead(outputs: readonly Matrix<Float64Array>[], target: Target): Steps<Head> {
  if (target.task === "regression") {
    yield { stage: "train", done: 0, total: 1 };
    const lines = outputs.map((said) => fitLine(said, target.values));
    const learnware = smallest(lines.map(({ error }) => error));
    return { learnware, model: lines[learnware]!.model };
  }
  const losses = outputs.map((said) => logLoss(said, target.codes));
  const learnware = smallest(losses);
  const said = outputs[learnware]!;
  const offsets = offsetsOf(said, "classification");
  return { learnware, model: yield* fitClassCorrection(asFloats(offsets), target, offsets) };
}

/** A line through what a learnware leaves of the truth. */
interface Line {
  readonly model: LinearModel;
  /** Least mean squared leave-one-out error of all penalties. */
  readonly error: number;
}

/**
 * The line y − f ≈ a + b x, with x the learnware's numbers f standardised and b = Σ x̃ (y − f) / (Σ x̃² + λ n), the penalty
 * λ by the one-standard-error rule on leave-one-out errors, (rᵢ − r̂ᵢ) / (1 − hᵢ), hᵢ = 1/n + x̃ᵢ² / (Σ x̃² + λ n).
 *
 * Cost is O(n · penalties). Source: Golub, Heath, Wahba, "Generalized Cross-Validation as a Method for Choosing a Good
 * Ridge Parameter", Technometrics 21 (1979), equation 1.2.
 *
 * @param said - Shape [n, 1], n ≥ 2.
 * @param truth - Shape [n].
 */
function fitLine(said: Matrix<Float64Array>, truth: Float64Array): Line {
  const n = truth.length;
  const inputs = asFloats(said);
  const standardiser = fitStandardiser(inputs);
  const x = standardise(inputs, standardiser).data;
  const rest = truth.map((y, i) => y - said.data[i]!);
  const [xMean, restMean] = [mean(x), mean(rest)];
  const centred = x.map((one) => one - xMean);
  const spread = dot(centred, centred);
  const lines = PENALTIES.map((penalty) => {
    if (penalty === null) return { slope: 0, intercept: 0, squares: rest.map((r) => r * r) };
    const stiffness = spread + penalty * n;
    const slope = stiffness > 0 ? dot(centred, rest) / stiffness : 0;
    const squares = rest.map((r, i) => {
      const leverage = 1 / n + (stiffness > 0 ? centred[i]! ** 2 / stiffness : 0);
      return ((r - restMean - slope * centred[i]!) / Math.max(1e-6, 1 - leverage)) ** 2;
    });
    return { slope, intercept: restMean - slope * xMean, squares };
  });
  const errors = lines.map(({ squares }) => squares);
  const { slope, intercept } = lines[firstWithinNoise(errors)]!;
  const model: LinearModel = {
    ...{ task: "regression", features: 1, standardiser },
    weights: { data: Float64Array.of(slope), rows: 1, cols: 1 },
    intercepts: Float64Array.of(intercept),
  };
  return { model, error: Math.min(...errors.map(mean)) };
}

/** What the head is added to. */
function offsetsOf(said: Matrix<Float64Array>, task: LinearModel["task"]): Matrix<Float64Array> {
  return task === "regression" ? said : logarithms(said);
}

function logLoss({ data, cols }: Matrix<Float64Array>, codes: Int32Array): number {
  const least = (p: number) => Math.max(LEAST_PROBABILITY, p);
  return codes.reduce((sum, code, i) => sum - Math.log(least(data[i * cols + code]!)), 0);
}

function asFloats({ data, rows, cols }: Matrix): Matrix<Float32Array> {
  return { data: Float32Array.from(data), rows, cols };
}

function smallest(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
