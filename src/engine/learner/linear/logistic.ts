import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { softmaxInPlace } from "../trees/boosting-loss";
import type { LinearModel } from "./linear-model";
import { minimise } from "./minimise";
import { fitStandardiser, standardise, type Standardiser } from "./standardise";
import { checkTraining, type ClassTarget } from "../target";

export interface LogisticOptions {
  /** L2 penalty on the weights (not the intercepts), against the summed loss. Default 1. */
  readonly l2?: number;
  /** The same on the intercepts. Default 0. */
  readonly l2Intercepts?: number;
  readonly maxSteps?: number;
  /** Shape [n, classes]: added to the scores; what is fitted is the correction to them. */
  readonly offsets?: Matrix<Float64Array>;
}

export interface FitLogisticOptions extends LogisticOptions {
  /** By default that of the inputs. */
  readonly standardiser?: Standardiser;
}

export interface LogisticFit {
  /** Shape [classes, d]. */
  readonly weights: Matrix<Float64Array>;
  /** Shape [classes]. */
  readonly intercepts: Float64Array;
}

/**
 * Multinomial logistic regression on standardised features, as `minimiseLogLoss` does it.
 *
 * @param inputs - [n, d] with n ≥ 2, d ≥ 1; NaN where missing (the mean is put in).
 * @param target - n class codes.
 * @throws EngineError `shape_mismatch`, `no_usable_rows` or `bad_parameter`, as `checkTraining` says.
 */
export async function* fitLogistic(
  inputs: Matrix<Float32Array>,
  target: ClassTarget,
  options: FitLogisticOptions = {},
): Steps<LinearModel> {
  checkTraining(inputs, target);
  const standardiser = options.standardiser ?? fitStandardiser(inputs);
  const fit = yield* minimiseLogLoss(standardise(inputs, standardiser), target, options);
  return { task: "classification", features: inputs.cols, standardiser, ...fit };
}

/**
 * Multinomial logistic regression: minimises −Σᵢ log softmax(W xᵢ + b + oᵢ)[yᵢ] + l2/2 · ‖W‖² +
 * l2Intercepts/2 · ‖b‖², divided by n.
 *
 * Cost is O(steps · n · d · classes).
 *
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd edition (2009), section 4.4.
 *
 * @param x - [n, d], finite.
 * @param target - n class codes.
 */
export async function* minimiseLogLoss(
  { data, rows, cols }: Matrix<Float64Array>,
  { codes, classes }: ClassTarget,
  { l2 = 1, l2Intercepts = 0, maxSteps = 200, offsets }: LogisticOptions = {},
): Steps<LogisticFit> {
  const intercepts = classes * cols;
  const scores = new Float64Array(classes);

  const objective = (x: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let p = 0; p < x.length; p++) {
      const strength = (p < intercepts ? l2 : l2Intercepts) / rows;
      gradient[p] = strength * x[p]!;
      loss += (strength * x[p]! * x[p]!) / 2;
    }
    for (let i = 0; i < rows; i++) {
      const at = i * cols;
      for (let k = 0; k < classes; k++) {
        let score = x[intercepts + k]! + (offsets?.data[i * classes + k] ?? 0);
        for (let j = 0; j < cols; j++) score += x[k * cols + j]! * data[at + j]!;
        scores[k] = score;
      }
      softmaxInPlace(scores);
      loss -= Math.log(Math.max(1e-300, scores[codes[i]!]!)) / rows;
      for (let k = 0; k < classes; k++) {
        const residual = (scores[k]! - (codes[i] === k ? 1 : 0)) / rows;
        gradient[intercepts + k]! += residual;
        for (let j = 0; j < cols; j++) gradient[k * cols + j]! += residual * data[at + j]!;
      }
    }
    return loss;
  };

  const start = new Float64Array(intercepts + classes);
  const found = yield* minimise(objective, start, maxSteps, 1e-6);
  return {
    weights: { data: found.slice(0, intercepts), rows: classes, cols },
    intercepts: found.slice(intercepts),
  };
}
