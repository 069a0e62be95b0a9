import * as ort from "onnxruntime-web/wasm";

import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import type { ModelInput } from "../../engine/learnware/model-input";
import { Mutex } from "../../engine/ground/mutex";

export interface OpenOptions {
  /** onnxruntime's WASM file. Without it the runtime loads its own copy, as it does in Node. */
  readonly wasm?: ArrayBuffer;
  /** Input that takes the rows; the only one if left out. */
  readonly input?: string;
  /** Output to return; `values`, `probabilities` or the first float32 one if left out. */
  readonly output?: string;
  /** Longest time the runtime may take to load the model. Default 30 s. */
  readonly timeoutMs?: number;
}

/** An ONNX model that is ready to run. */
export interface OrtModel {
  /** Width of the input, null where the model leaves it open. */
  readonly features: number | null;
  /**
   * Run the model on some rows.
   *
   * @param inputs - Of n rows each; numbers are NaN where missing.
   * @returns [n, outputs]: values, or probabilities.
   * @throws EngineError `bad_model` if the model has no such input or another width, the run fails, or the answer is not one row each.
   */
  predict(inputs: readonly ModelInput[]): Promise<Matrix<Float32Array>>;
  /** Free the model's memory. It cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** Overlapping runs of the WASM build fail with "Session already started", also across sessions. */
const mutex = new Mutex();

/**
 * Load an ONNX model into onnxruntime's WASM build. The bytes must have passed `inspectOnnx`.
 *
 * @throws EngineError `bad_model` if the runtime cannot load it in time, or lacks the input or output.
 */
export async function openModel(bytes: Uint8Array, options: OpenOptions = {}): Promise<OrtModel> {
  const { wasm, timeoutMs = 30_000 } = options;
  // One thread: more would load scripts of their own, and predictions are quick as it is.
  ort.env.wasm.numThreads = 1;
  if (wasm && !ort.env.wasm.wasmBinary) ort.env.wasm.wasmBinary = wasm;
  const session = await mutex.take(() => create(bytes, timeoutMs));
  try {
    const input = pickInput(session, options.input);
    const output = pickOutput(session, options.output);
    return {
      features: input.width,
      predict: (inputs) => mutex.take(() => run(session, inputs, output)),
      dispose: () => mutex.take(() => session.release()),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function create(bytes: Uint8Array, timeoutMs: number): Promise<ort.InferenceSession> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new EngineError("bad_model", `the model did not load within ${timeoutMs} ms`, {
          timeoutMs,
        }),
      );
    }, timeoutMs);
  });
  const created = ort.InferenceSession.create(bytes, {
    executionProviders: ["wasm"],
    logSeverityLevel: 4,
  });
  try {
    return await Promise.race([created, late]);
  } catch (error) {
    // A session that arrives after its time is of no use to anyone.
    void created.then((session) => session.release()).catch(() => undefined);
    throw asBadModel("the model cannot be loaded", error);
  } finally {
    clearTimeout(timer);
  }
}

interface Input {
  readonly name: string;
  readonly width: number | null;
}

function pickInput(session: ort.InferenceSession, wanted: string | undefined): Input {
  const inputs = session.inputMetadata;
  if (wanted === undefined && inputs.length !== 1) {
    throw new EngineError("bad_model", `the model has ${inputs.length} inputs, 1 is required`);
  }
  const input = inputs.find(({ name }) => name === (wanted ?? inputs[0]!.name));
  if (!input) throw new EngineError("bad_model", `the model has no input "${wanted ?? ""}"`);
  if (!input.isTensor || (input.type !== "float32" && input.type !== "string")) {
    throw new EngineError(
      "bad_model",
      `input "${input.name}" must be a tensor of float32 or strings`,
    );
  }
  const last = input.shape.length === 2 ? input.shape[1] : undefined;
  return { name: input.name, width: typeof last === "number" && last > 0 ? last : null };
}

function pickOutput(session: ort.InferenceSession, wanted: string | undefined): string {
  const outputs = session.outputMetadata;
  const named = (name: string) => outputs.find((output) => output.name === name);
  const output =
    wanted === undefined
      ? (named("values") ??
        named("probabilities") ??
        outputs.find((candidate) => candidate.isTensor && candidate.type === "float32"))
      : named(wanted);
  if (!output) throw new EngineError("bad_model", `the model has no output "${wanted ?? "float"}"`);
  if (!output.isTensor || (output.type !== "float32" && output.type !== "float64")) {
    throw new EngineError("bad_model", `output "${output.name}" must be a float tensor`);
  }
  return output.name;
}

function tensorOf(session: ort.InferenceSession, { name, dims, data }: ModelInput): ort.Tensor {
  const { width } = pickInput(session, name);
  const cols = dims[1] ?? null;
  if (width !== null && width !== cols) {
    throw new EngineError("bad_model", `the model takes ${width} features, got ${cols}`);
  }
  return data instanceof Float32Array
    ? new ort.Tensor("float32", data, dims)
    : new ort.Tensor("string", [...data], dims);
}

async function run(
  session: ort.InferenceSession,
  inputs: readonly ModelInput[],
  output: string,
): Promise<Matrix<Float32Array>> {
  const rows = inputs[0]?.dims[0] ?? 0;
  const feeds = Object.fromEntries(inputs.map((input) => [input.name, tensorOf(session, input)]));
  let answer: ort.Tensor | undefined;
  try {
    answer = (await session.run(feeds, [output]))[output];
  } catch (error) {
    throw asBadModel("the model failed on the rows", error);
  }
  const numbers = answer?.data;
  if (!answer || !(numbers instanceof Float32Array || numbers instanceof Float64Array)) {
    throw new EngineError("bad_model", `output "${output}" is not a float tensor`);
  }
  const width = rows === 0 ? (answer.dims[1] ?? 1) : numbers.length / rows;
  if (answer.dims[0] !== rows || !Number.isInteger(width)) {
    const shape = answer.dims.join(", ");
    throw new EngineError(
      "bad_model",
      `output "${output}" of ${rows} rows has the shape [${shape}]`,
    );
  }
  const floats = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  return { data: floats, rows, cols: width };
}

function asBadModel(what: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  // The runtime throws numbers when its heap is exhausted.
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError("bad_model", `${what}: ${reason}`, {}, { cause: error });
}
