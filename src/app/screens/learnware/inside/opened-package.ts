/** @file A package, looked into; loaded when somebody wants to, because what reads it is large. */

import { openLearnware } from "../../../../engine/learnware/package";
import { decodeModel } from "../../../../engine/learnware/onnx/onnx-codec";
import { inspectOnnx } from "../../../../engine/learnware/onnx/onnx-inspect";
import {
  type GraphPicture,
  pictureOf,
} from "../../../../engine/learnware/onnx/drawing/graph-picture";
import {
  type OperatorCount,
  operatorCounts,
} from "../../../../engine/learnware/onnx/drawing/operator-counts";

export interface OpenedPackage {
  readonly fileName: string;
  /** In the ONNX graph. */
  readonly input: string;
  readonly output: string;
  readonly modelBytes: number;
  readonly nodes: number;
  readonly operators: readonly OperatorCount[];
  readonly picture: GraphPicture;
}

/** @throws EngineError as `openLearnware` and `inspectOnnx`. */
export async function openPackage(zip: Uint8Array): Promise<OpenedPackage> {
  const { manifest, model } = await openLearnware(zip);
  inspectOnnx(model);
  const { graph } = decodeModel(model);
  const { file_name: fileName, input, output } = manifest.model;
  const operators = operatorCounts(graph);
  return {
    fileName,
    input: input.name,
    output: output.name,
    modelBytes: model.length,
    nodes: operators.reduce((sum, { count }) => sum + count, 0),
    operators,
    picture: pictureOf(graph),
  };
}
