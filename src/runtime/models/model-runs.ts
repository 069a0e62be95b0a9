import { EngineError } from "../../engine/ground/errors";
import type { Served } from "../threads/serve";
import type { ModelApi } from "./model-api";
import { openModel, type OrtModel } from "./ort-session";

/** What a thread of a `ModelPool` does: it runs models in an onnxruntime of its own. */
export function modelRuns(): Served<ModelApi> {
  const open = new Map<number, Promise<OrtModel>>();
  return {
    async open(model, bytes, options) {
      const opening = openModel(bytes, options);
      open.set(model, opening);
      return (await opening).features;
    },
    async predict(model, inputs, job) {
      const held = open.get(model);
      if (!held) throw new EngineError("bad_model", `model ${model} is not open here`);
      return job.give(await (await held).predict(inputs));
    },
    async close(model) {
      const held = open.get(model);
      open.delete(model);
      await (await held)?.dispose();
    },
  };
}
