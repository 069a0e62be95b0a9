import { EngineError } from "../../engine/ground/errors";
import type {
  FromModels,
  ModelCallName,
  ModelCalls,
  ModelServerPort,
  ToModels,
} from "./model-channel";
import { openModel, type OrtModel } from "./ort-session";

/** A thread that runs models in an onnxruntime of its own, for a `ModelPool`. */
export function serveModels(port: ModelServerPort): void {
  const open = new Map<number, Promise<OrtModel>>();
  const answerers: Answerers = {
    open: async ({ model, bytes, options }) => {
      const opening = openModel(bytes, options);
      open.set(model, opening);
      return (await opening).features;
    },
    predict: async ({ model, inputs }) => (await held(open, model)).predict(inputs),
    close: async ({ model }) => {
      const held = open.get(model);
      open.delete(model);
      await (await held)?.dispose();
      return undefined;
    },
  };
  port.receive((message) => void answer(message, answerers, port));
}

type Answerers = {
  readonly [Name in ModelCallName]: (
    asks: ModelCalls[Name]["asks"],
  ) => Promise<ModelCalls[Name]["answers"]>;
};

async function answer(
  { id, name, asks }: ToModels,
  answerers: Answerers,
  port: ModelServerPort,
): Promise<void> {
  let reply: FromModels;
  try {
    const answerer = answerers[name] as (asks: unknown) => Promise<unknown>;
    reply = { id, ok: true, value: await answerer(asks) };
  } catch (error) {
    reply = { id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  port.send(reply, reply.ok ? numbersOf(reply.value) : []);
}

function held(open: ReadonlyMap<number, Promise<OrtModel>>, model: number): Promise<OrtModel> {
  const found = open.get(model);
  if (!found) throw new EngineError("bad_model", `model ${model} is not open here`);
  return found;
}

/** The buffer of predictions, which belongs to them alone. */
function numbersOf(value: unknown): ArrayBuffer[] {
  if (typeof value !== "object" || value === null || !("data" in value)) return [];
  const { data } = value;
  return data instanceof Float32Array && data.buffer instanceof ArrayBuffer ? [data.buffer] : [];
}
