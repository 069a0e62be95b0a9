import type { Task } from "../../ground/task";
import type { Matrix } from "../../ground/matrix";
import { softmaxInPlace } from "../trees/boosting-loss";
import { standardise, type Standardiser } from "./standardise";
import { checkWidth } from "../target";

/** A linear model on standardised features: one row of weights for numbers, one per class otherwise. */
export interface LinearModel {
  readonly task: Task;
  readonly features: number;
  readonly standardiser: Standardiser;
  /** Shape [outputs, d]. */
  readonly weights: Matrix<Float64Array>;
  /** Shape [outputs]. */
  readonly intercepts: Float64Array;
}

/**
 * What a linear model predicts, in double precision; the oracle of its ONNX export.
 *
 * @param inputs - [n, d], NaN where missing.
 * @param offsets - [n, outputs]: added to the scores; none by default.
 * @returns [n, 1] numbers, or [n, classes] probabilities in [0, 1].
 * @throws EngineError `shape_mismatch` if d is not the number of features trained on.
 */
export function predictLinear(
  model: LinearModel,
  inputs: Matrix<Float32Array>,
  offsets?: Matrix<Float64Array>,
): Matrix<Float64Array> {
  checkWidth(inputs, model.features);
  const scaled = standardise(inputs, model.standardiser);
  const outputs = model.intercepts.length;
  const data = new Float64Array(inputs.rows * outputs);
  for (let i = 0; i < inputs.rows; i++) {
    const scores = data.subarray(i * outputs, (i + 1) * outputs);
    for (let k = 0; k < outputs; k++) {
      let score = model.intercepts[k]! + (offsets?.data[i * outputs + k] ?? 0);
      for (let j = 0; j < inputs.cols; j++) {
        score += model.weights.data[k * inputs.cols + j]! * scaled.data[i * inputs.cols + j]!;
      }
      scores[k] = score;
    }
    if (model.task === "classification") softmaxInPlace(scores);
  }
  return { data, rows: inputs.rows, cols: outputs };
}
