import { entryOf, inspectOnnx, type ModelEntry } from "../../engine/learnware/onnx/onnx-inspect";
import type { ModelInput } from "../../engine/learnware/model-input";
import type { Matrix } from "../../engine/ground/matrix";
import type { RunModel } from "./adapt-model";

/** Where models are opened: a thread that is ended with the one that does not come to an end. */
interface Models {
  open(
    bytes: Uint8Array,
    entry: ModelEntry,
  ): Promise<{
    predict(inputs: readonly ModelInput[]): Promise<Matrix<Float32Array>>;
    dispose(): Promise<void>;
  }>;
}

/** Models run as learnwares do. */
export function runForeign(models: Models): RunModel {
  return async (bytes, names, rows) => {
    const inspected = inspectOnnx(bytes);
    const model = await models.open(inspected.bytes, entryOf(inspected, names));
    try {
      return await model.predict([rows]);
    } finally {
      await model.dispose();
    }
  };
}
