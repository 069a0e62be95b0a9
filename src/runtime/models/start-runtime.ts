import { encodeModel } from "../../engine/learnware/onnx/onnx-codec";
import type { OrtModel } from "./ort-session";

/**
 * Load the runtime before the first model, so that a failure to do so is not blamed on a model.
 *
 * @param open - Opens models where they are to run.
 * @throws Error if the runtime does not start there.
 */
export async function startRuntime(open: (bytes: Uint8Array) => Promise<OrtModel>): Promise<void> {
  const value = { element: "float32", shape: ["N", 1] } as const;
  const nothing = encodeModel({
    name: "nothing",
    nodes: [{ operator: "Identity", domain: "", inputs: ["X"], outputs: ["Y"], attributes: {} }],
    inputs: [{ name: "X", ...value }],
    outputs: [{ name: "Y", ...value }],
  });
  try {
    const model = await open(nothing);
    await model.dispose();
  } catch (cause) {
    throw new Error("onnxruntime did not start", { cause });
  }
}
