import type { Matrix } from "../../engine/ground/matrix";
import type { ModelInput } from "../../engine/learnware/model-input";
import type { OpenOptions } from "./ort-session";

/** What a thread that runs models is asked. Models are named by their asker. */
export interface ModelApi {
  /** Answers the width of the model's input, null where the model leaves it open. */
  open(model: number, bytes: Uint8Array, options: OpenOptions): number | null;
  predict(model: number, inputs: readonly ModelInput[]): Matrix<Float32Array>;
  close(model: number): void;
}
