/** @file A thread that learnwares' models run in, which can be ended whatever they do. */

import { inspectOnnx } from "../../engine/learnware/onnx/onnx-inspect";
import { openLearnware } from "../../engine/learnware/package";
import { runnableModel } from "../../engine/learnware/runnable-model";
import type { Matrix } from "../../engine/ground/matrix";
import { openModel } from "../../runtime/models/ort-session";
import { serveThread } from "../../runtime/threads/node/serve-thread";
import { capMemory } from "./capped-memory";
import type { ModelInput } from "../../engine/learnware/model-input";

export interface ModelJob {
  /** A learnware's. */
  readonly zip: Uint8Array;
  /** A single one may go by any name. */
  readonly inputs: readonly ModelInput[];
}

export interface ModelThreadApi {
  /** Answers once models can be run. */
  ready(): void;
  run(job: ModelJob): Matrix<Float32Array>;
}

const MOST_BYTES = 512 * 1024 * 1024;

capMemory(MOST_BYTES);
serveThread<ModelThreadApi>({
  ready: () => undefined,
  run: async (model, job) => job.give(await run(model)),
});

async function run({ zip, inputs }: ModelJob): Promise<Matrix<Float32Array>> {
  const { manifest, model: bytes } = await openLearnware(zip);
  const { input, output } = runnableModel(manifest);
  const inspected = inspectOnnx(bytes);
  const model = await openModel(inspected.bytes, {
    input,
    output: inspected.renamedOutputs.get(output) ?? output,
  });
  try {
    return await model.predict(inputs.length === 1 ? [{ ...inputs[0]!, name: input }] : inputs);
  } finally {
    await model.dispose();
  }
}
