import { EngineError } from "../../../ground/errors";
import type { Matrix } from "../../../ground/matrix";
import type { ModelInput } from "../../../learnware/model-input";

/**
 * The rows of features that a table's model is fed.
 *
 * @returns Shape [n, d].
 * @throws EngineError `shape_mismatch` if it is anything but one matrix of numbers.
 */
export function featureRows(inputs: readonly ModelInput[]): Matrix<Float32Array> {
  const [input] = inputs;
  const [rows, cols] = input?.dims ?? [];
  if (inputs.length !== 1 || rows === undefined || cols === undefined || input?.dims.length !== 2) {
    throw new EngineError("shape_mismatch", "a model of features takes one matrix");
  }
  if (!(input.data instanceof Float32Array)) {
    throw new EngineError("shape_mismatch", `input "${input.name}" is not of numbers`);
  }
  return { data: input.data, rows, cols };
}
