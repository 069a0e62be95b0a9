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
  /** Models that a thread opens before it is replaced by a fresh one. Default 16. */
  readonly modelsPerThread?: number;
  /** Longest time for one answer. Default 60 s. */
  readonly timeoutMs?: number;
}

/** One thread, and the models that are open there. */
class Runner {
  /** By model; a model is opened where it is first needed. */
  readonly open = new Map<number, Promise<number | null>>();
  opened = 0;
  readonly #thread: Thread<ModelApi>;

  constructor(started: Started, timeoutMs: number) {
    this.#thread = new Thread(started, { timeoutMs });
  }

  get isAlive(): boolean {
    return this.#thread.isAlive;
  }

  get load(): number {
    return this.#thread.load;
  }

  /** Open a model here, unless it is. */
  openOnce(model: number, bytes: Uint8Array, options: OpenOptions): Promise<number | null> {
    const known = this.open.get(model);
    if (known) return known;
    this.opened++;
    const opening = this.#thread.call("open", [model, bytes, options]).catch(refuse);
    this.open.set(model, opening);
    opening.catch(() => this.open.delete(model));
    return opening;
  }

  predict(model: number, inputs: readonly ModelInput[]): Promise<Matrix<Float32Array>> {
    return this.#thread.call("predict", [model, inputs]).catch(refuse);
  }

  close(model: number): Promise<void> {
    this.open.delete(model);
    return this.#thread.call("close", [model]).catch(refuse);
  }

  /** Its memory goes with it: a WebAssembly heap never shrinks. */
  end(): void {
    void this.#thread.end();
  }
}

/** Whatever it was, it is the model that cannot be used. */
function refuse(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new EngineError("bad_model", reason, {}, { cause });
}

/**
 * Runs models in several threads, each with an onnxruntime of its own: one runs one model at a time, and its memory
 * grows and is never given back (https://github.com/microsoft/onnxruntime/issues/21673). So threads that have opened
 * many models are ended and replaced, and those of a model that hangs or breaks them too.
 */
export class ModelPool {
  readonly #options: Required<PoolOptions>;
  #runners: Runner[] = [];
  #models = 0;

  constructor(options: PoolOptions) {
    this.#options = { modelsPerThread: 16, timeoutMs: 60_000, ...options };
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
    const model = ++this.#models;
    const features = await this.#leastBusy().openOnce(model, bytes, options);
    return {
      features,
      predict: (inputs) => {
        const runner = this.#leastBusy();
        // Not awaited: the thread answers in order, and what was asked counts for who is busy.
        runner.openOnce(model, bytes, options).catch(() => undefined);
        return runner.predict(model, inputs);
      },
      dispose: () => this.#close(model),
    };
  }

  /** End all threads: every model is closed, and the memory is given back. */
  dispose(): void {
    for (const runner of this.#runners) runner.end();
    this.#runners = [];
  }

  #leastBusy(): Runner {
    const { spawn, count, modelsPerThread, timeoutMs } = this.#options;
    for (const runner of this.#runners) {
      const isUsedUp = runner.opened >= modelsPerThread && runner.open.size === 0;
      if (isUsedUp && runner.load === 0) runner.end();
    }
    this.#runners = this.#runners.filter(({ isAlive }) => isAlive);
    const idle = this.#runners.find(({ load }) => load === 0);
    if (idle) return idle;
    if (this.#runners.length < count) {
      const runner = new Runner(spawn(), timeoutMs);
      this.#runners.push(runner);
      return runner;
    }
    return this.#runners.reduce((least, runner) => (runner.load < least.load ? runner : least));
  }

  async #close(model: number): Promise<void> {
    const holding = this.#runners.filter(({ open, isAlive }) => isAlive && open.has(model));
    await Promise.all(holding.map((runner) => runner.close(model)));
  }
}
