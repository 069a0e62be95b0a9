/** @file A thread that learnwares' models run in, which can be ended whatever they do. */

import { EngineError } from "../../engine/ground/errors";
import { entryOf, inspectOnnx } from "../../engine/learnware/onnx/onnx-inspect";
import { openLearnware } from "../../engine/learnware/package";
import { runnableModel } from "../../engine/learnware/runnable-model";
import type { Matrix } from "../../engine/ground/matrix";
import { openModel } from "../../runtime/models/ort-session";
import { startRuntime } from "../../runtime/models/start-runtime";
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
  /** Answers once models can be run: what the runtime needs to start is no model's time. */
  ready(): void;
  run(job: ModelJob): Matrix<Float32Array>;
}

const MOST_BYTES = 512 * 1024 * 1024;

capMemory(MOST_BYTES);
serveThread<ModelThreadApi>({
  ready: () => startRuntime((bytes) => openModel(bytes)),
  run: async (model, job) => job.give(await run(model).catch(blame)),
});

/** Whatever it was, it is the model that broke it. */
function blame(cause: unknown): never {
  if (cause instanceof EngineError) throw cause;
  throw new EngineError("bad_model", "the model breaks the runtime", {}, { cause });
}

async function run({ zip, inputs }: ModelJob): Promise<Matrix<Float32Array>> {
  const { manifest, model: bytes } = await openLearnware(zip);
  const inspected = inspectOnnx(bytes);
  const entry = entryOf(inspected, runnableModel(manifest));
  const model = await openModel(inspected.bytes, entry);
  try {
    const named = inputs.length === 1 ? [{ ...inputs[0]!, name: entry.input }] : inputs;
    return await model.predict(named);
  } finally {
    await model.dispose();
  }
}
