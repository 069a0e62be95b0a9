import * as ort from "onnxruntime-web/wasm";

import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import type { ModelInput } from "../../engine/learnware/model-input";
import type { ModelEntry } from "../../engine/learnware/onnx/onnx-inspect";
import { Mutex } from "../../engine/ground/mutex";
import { runInBatches, runProved, type Session } from "./row-runs";

/** Without names, the only input, and `values`, `probabilities` or the first output of floats. */
export interface OpenOptions extends Partial<ModelEntry> {
  /** onnxruntime's WASM file. Without it the runtime loads its own copy, as it does in Node. */
  readonly wasm?: ArrayBuffer;
  /** Longest time the runtime may take to load the model. Default 30 s. */
  readonly timeoutMs?: number;
}

/** An ONNX model that is ready to run. */
export interface OrtModel {
  /** Width of the input, null where the model leaves it open. */
  readonly features: number | null;
  /**
   * Run the model on some rows. One that takes a fixed number of rows at a time is fed as many, the last ones repeated.
   *
   * @param inputs - Of n rows each; numbers are NaN where missing.
   * @returns [n, outputs]: values, or probabilities.
   * @throws EngineError `bad_model` if the model has no such input or another width, the run fails, the answer is not one row
   *   each, or a row is answered otherwise beside other rows.
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
  const { oneRow } = options;
  const session = await openSession(bytes, options);
  /** As it was before it was opened to many rows; loaded once that turns out to be wrong. */
  let asGiven: Promise<Session> | null = null;
  return {
    features: session.width,
    async predict(inputs) {
      if (!asGiven) {
        const answer = await runProved(session, inputs).catch((error: unknown) => {
          if (!oneRow) throw error;
          return null;
        });
        if (answer) return answer;
        if (!oneRow) throw mixed();
        asGiven = openSession(oneRow, options);
      }
      return runInBatches(await asGiven, inputs);
    },
    async dispose() {
      await session.release();
      await (await asGiven?.catch(() => null))?.release();
    },
  };
}

function mixed(): EngineError {
  const reason = "the model answers a row otherwise when other rows stand beside it";
  return new EngineError("bad_model", reason);
}

/**
 * The same without any proof that rows are answered by themselves: for a model of Berth's own.
 *
 * @throws EngineError `bad_model` if the runtime cannot load it in time, or lacks the input or output.
 */
export async function openSession(bytes: Uint8Array, options: OpenOptions): Promise<Session> {
  const { wasm, timeoutMs = 30_000 } = options;
  // One thread: more would load scripts of their own, and predictions are quick as it is.
  ort.env.wasm.numThreads = 1;
  if (wasm && !ort.env.wasm.wasmBinary) ort.env.wasm.wasmBinary = wasm;
  const session = await mutex.take(() => create(bytes, timeoutMs));
  try {
    const { shape } = pickInput(session, options.input);
    const output = pickOutput(session, options.output);
    return {
      width: shape?.length === 2 ? (shape[1] ?? null) : null,
      batch: shape?.[0] ?? null,
      run: (inputs) => mutex.take(() => run(session, inputs, output)),
      release: () => mutex.take(() => session.release()),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** What fails is thrown; the runtime is not to print it as well. */
const quiet = { logSeverityLevel: 4 } as const;

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
    ...quiet,
  });
  try {
    return await Promise.race([created, late]);
  } catch (error) {
    // A session that arrives after its time is of no use to anyone.
    void created.then((session) => session.release()).catch(() => undefined);
    throw asBadModel("the runtime cannot load the model", error);
  } finally {
    clearTimeout(timer);
  }
}

interface Input {
  readonly name: string;
  readonly type: "float32" | "float64" | "string";
  /** Null where it is not declared; a dimension is null where it is open. */
  readonly shape: readonly (number | null)[] | null;
}

/** The runtime tells an open dimension as its name, or as −1 in 32 bits without a sign. */
const MOST_DIMENSION = 2 ** 31;

function pickInput(session: ort.InferenceSession, wanted: string | undefined): Input {
  const inputs = session.inputMetadata;
  if (wanted === undefined && inputs.length !== 1) {
    throw new EngineError("bad_model", `the model has ${inputs.length} inputs, 1 is required`);
  }
  const input = inputs.find(({ name }) => name === (wanted ?? inputs[0]!.name));
  if (!input) throw new EngineError("bad_model", `the model has no input "${wanted ?? ""}"`);
  const type = input.isTensor ? input.type : "no tensor";
  if (!input.isTensor || (type !== "float32" && type !== "float64" && type !== "string")) {
    throw new EngineError(
      "bad_model",
      `input "${input.name}" must be of float32, float64 or strings, not ${type}; convert the model with such an input`,
    );
  }
  const dimension = (size: number | string) =>
    typeof size === "number" && size > 0 && size < MOST_DIMENSION ? size : null;
  const shape = input.shape.length > 0 ? input.shape.map(dimension) : null;
  return { name: input.name, type, shape };
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
  const type = output.isTensor ? output.type : "no tensor";
  if (type !== "float32" && type !== "float64") {
    throw new EngineError(
      "bad_model",
      `output "${output.name}" must be of float32 or float64, not ${type}; of a classifier, name the output of the probabilities`,
    );
  }
  return output.name;
}

function tensorOf(session: ort.InferenceSession, { name, dims, data }: ModelInput): ort.Tensor {
  const { type, shape } = pickInput(session, name);
  if (shape && shape.length !== dims.length) {
    throw new EngineError(
      "bad_model",
      `the model takes an input of ${shape.length} dimensions, it would be given ${dims.length}`,
    );
  }
  const cols = dims[1] ?? null;
  const width = shape?.[1] ?? cols;
  if (width !== cols) {
    throw new EngineError("bad_model", `the model takes ${width} features, got ${cols}`);
  }
  if (type === "string" || !(data instanceof Float32Array)) {
    const texts = data instanceof Float32Array ? null : [...data];
    if (type === "string" && texts) return new ort.Tensor("string", texts, dims);
    const [takes, given] = texts ? ["numbers", "texts"] : ["texts", "numbers"];
    throw new EngineError(
      "bad_model",
      `input "${name}" takes ${takes}, it would be given ${given}`,
    );
  }
  if (type === "float64") return new ort.Tensor("float64", Float64Array.from(data), dims);
  return new ort.Tensor("float32", data, dims);
}

async function run(
  session: ort.InferenceSession,
  inputs: readonly ModelInput[],
  output: string,
): Promise<Matrix<Float32Array>> {
  const rows = inputs[0]?.dims[0] ?? 0;
  const lacking = session.inputNames.find((name) => !inputs.some((input) => input.name === name));
  if (lacking !== undefined) {
    throw new EngineError("bad_model", `the model also needs the input "${lacking}"`);
  }
  const feeds = Object.fromEntries(inputs.map((input) => [input.name, tensorOf(session, input)]));
  let answer: ort.Tensor | undefined;
  try {
    answer = (await session.run(feeds, [output], quiet))[output];
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
      `the model gives an output of the shape [${shape}] for ${rows} rows`,
    );
  }
  const floats = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  return { data: floats, rows, cols: width };
}

/** The runtime's own words tell of its source files and are for nobody; they stay with the cause. */
function asBadModel(what: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  // The runtime throws numbers when its heap is exhausted.
  const why = error instanceof Error ? hintOf(error.message) : ": it needs too much memory";
  return new EngineError("bad_model", `${what}${why}`, {}, { cause: error });
}

function hintOf(reason: string): string {
  const operator = /(?:implementation for|No Op registered for) (\w+)/.exec(reason)?.[1];
  if (operator !== undefined) return `: it has no such version of the operator ${operator}`;
  if (/opset|IR version/i.test(reason)) return ": it is in a newer version of ONNX than Berth runs";
  if (/protobuf|deserializ/i.test(reason)) return ": it is damaged";
  if (/alloc|memory/i.test(reason)) return ": it needs too much memory";
  if (/shape|dimension|rank|mismatch/i.test(reason))
    return ": the shapes in it do not fit together";
  return "";
}
