import { AppError } from "../../contracts/outcome";
import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import type { ModelInput } from "../../engine/learnware/model-input";
import { type Started, Thread } from "../threads/thread";
import type { ModelApi } from "./model-api";
import type { OpenOptions, OrtModel } from "./ort-session";

export interface PoolOptions {
  /** Starts a thread that serves `modelRuns`. */
  readonly spawn: () => Started;
  /** Most threads at a time, ≥ 1. */
  readonly count: number;
  /** onnxruntime's WASM file, for threads that have no copy of their own. */
  readonly wasm?: ArrayBuffer;
  /** Models that a thread opens before it is replaced by a fresh one. Default 16. */
  readonly modelsPerThread?: number;
  /** Longest time to open a model. Default 60 s. */
  readonly openMs?: number;
  /** Longest time for one answer, beside 5 ms for each row and 1 ms for each thousand numbers. Default 60 s. */
  readonly answerMs?: number;
}

type Limits = Required<Pick<PoolOptions, "openMs" | "answerMs">>;

/** Far more than any model takes that is worth its download; a picture is many numbers. */
const MS_PER_ROW = 5;
const MS_PER_NUMBER = 0.001;

interface Model {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly options: OpenOptions;
}

/** Something that waits for a thread. */
interface Waiting {
  readonly take: (runner: Runner) => void;
  readonly drop: (reason: AppError) => void;
}

/** One thread, and the models that are open there. */
class Runner {
  /** By model; a model is opened where it is first needed. */
  readonly open = new Map<number, Promise<number | null>>();
  opened = 0;
  isBusy = false;
  readonly #thread: Thread<ModelApi>;
  readonly #wasm: ArrayBuffer | undefined;
  readonly #limits: Limits;

  constructor(started: Started, wasm: ArrayBuffer | undefined, limits: Limits) {
    this.#thread = new Thread(started);
    this.#wasm = wasm;
    this.#limits = limits;
  }

  get isAlive(): boolean {
    return this.#thread.isAlive;
  }

  /** Open a model here, unless it is. */
  openOnce({ id, bytes, options }: Model): Promise<number | null> {
    const known = this.open.get(id);
    if (known) return known;
    const wasm = this.opened++ === 0 && this.#wasm ? { wasm: this.#wasm } : {};
    const how = { timeoutMs: this.#limits.openMs };
    const opening = this.#thread.call("open", [id, bytes, { ...options, ...wasm }], how);
    this.open.set(id, opening);
    opening.catch(() => this.open.delete(id));
    return opening;
  }

  async predict(model: Model, inputs: readonly ModelInput[]): Promise<Matrix<Float32Array>> {
    await this.openOnce(model);
    const rows = inputs[0]?.dims[0] ?? 0;
    const numbers = inputs.reduce((sum, { data }) => sum + data.length, 0);
    const timeoutMs = this.#limits.answerMs + MS_PER_ROW * rows + MS_PER_NUMBER * numbers;
    return this.#thread.call("predict", [model.id, inputs], { timeoutMs });
  }

  close(model: number): Promise<void> {
    this.open.delete(model);
    return this.#thread.call("close", [model], { timeoutMs: this.#limits.openMs });
  }

  /** Its memory goes with it: a WebAssembly heap never shrinks. */
  end(): void {
    void this.#thread.end();
  }
}

/** Whatever it was, it is the model that cannot be used. What nobody expected is not told in the runtime's words. */
function refuse(cause: unknown): never {
  const isTold = cause instanceof AppError && cause.code !== "internal";
  const reason = isTold ? cause.message : "the model broke the thread it runs in";
  const isSlow = isTold && cause.code === "timed_out";
  throw new EngineError("bad_model", reason, isSlow ? { reason: "too_slow" } : {}, { cause });
}

/**
 * Runs models in several threads, each with an onnxruntime of its own: one runs one model at a time, and its memory
 * grows and is never given back (https://github.com/microsoft/onnxruntime/issues/21673). So threads that have opened
 * many models are ended and replaced, and those of a model that hangs or breaks them too. What waits for its turn waits
 * here and not in a thread, so that it is not lost with one.
 */
export class ModelPool {
  readonly #options: PoolOptions;
  readonly #limits: Limits;
  #runners: Runner[] = [];
  #waiting: Waiting[] = [];
  #models = 0;

  constructor(options: PoolOptions) {
    const { openMs = 60_000, answerMs = 60_000 } = options;
    this.#options = options;
    this.#limits = { openMs, answerMs };
  }

  /** Most at a time. */
  get threads(): number {
    return this.#options.count;
  }

  /**
   * Open a model, as `openModel` does. Calls of `predict` that overlap are spread over the threads.
   *
   * @throws EngineError `bad_model` as `openModel` does, or if the thread does not answer in time.
   */
  async open(bytes: Uint8Array, options: OpenOptions = {}): Promise<OrtModel> {
    const model = { id: ++this.#models, bytes, options };
    const features = await this.#withRunner((runner) => runner.openOnce(model));
    return {
      features,
      predict: (inputs) => this.#withRunner((runner) => runner.predict(model, inputs)),
      dispose: () => this.#close(model.id),
    };
  }

  /** End all threads: every model is closed, and the memory is given back. */
  dispose(): void {
    for (const { drop } of this.#waiting) drop(new AppError("aborted", "the models were closed"));
    this.#waiting = [];
    for (const runner of this.#runners) runner.end();
    this.#runners = [];
  }

  async #withRunner<T>(work: (runner: Runner) => Promise<T>): Promise<T> {
    const turn = (take: (runner: Runner) => void, drop: (reason: AppError) => void) =>
      this.#waiting.push({ take, drop });
    const runner = this.#idle() ?? (await new Promise<Runner>(turn).catch(refuse));
    runner.isBusy = true;
    try {
      return await work(runner).catch(refuse);
    } finally {
      runner.isBusy = false;
      this.#serveNext();
    }
  }

  #serveNext(): void {
    if (this.#waiting.length === 0) return;
    const runner = this.#idle();
    if (!runner) return;
    runner.isBusy = true;
    this.#waiting.shift()!.take(runner);
  }

  /** A thread with nothing to do, a fresh one if there may be more; else null. */
  #idle(): Runner | null {
    const { spawn, count, wasm, modelsPerThread = 16 } = this.#options;
    for (const runner of this.#runners) {
      const isUsedUp = runner.opened >= modelsPerThread && runner.open.size === 0;
      if (isUsedUp && !runner.isBusy) runner.end();
    }
    this.#runners = this.#runners.filter(({ isAlive }) => isAlive);
    const idle = this.#runners.find(({ isBusy }) => !isBusy);
    if (idle || this.#runners.length >= count) return idle ?? null;
    const runner = new Runner(spawn(), wasm, this.#limits);
    this.#runners.push(runner);
    return runner;
  }

  async #close(model: number): Promise<void> {
    const holding = this.#runners.filter(({ open, isAlive }) => isAlive && open.has(model));
    await Promise.all(holding.map((runner) => runner.close(model).catch(() => undefined)));
  }
}
