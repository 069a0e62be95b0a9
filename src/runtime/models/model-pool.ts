import { EngineError } from "../../engine/ground/errors";
import type { FromModels, ModelCallName, ModelCalls, ModelThread, ToModels } from "./model-channel";
import type { OpenOptions, OrtModel } from "./ort-session";

export interface PoolOptions {
  /** Starts a thread that runs `serveModels`. */
  readonly spawn: () => ModelThread;
  /** Most threads at a time, ≥ 1. */
  readonly count: number;
  /** Models that a thread opens before it is replaced by a fresh one. Default 16. */
  readonly modelsPerThread?: number;
  /** Longest time for one answer. Default 60 s. */
  readonly timeoutMs?: number;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** One thread: the models that are open there, and what it was asked and has not answered. */
class Runner {
  /** By model; a model is opened where it is first needed. */
  readonly open = new Map<number, Promise<number | null>>();
  opened = 0;
  isAlive = true;
  readonly #thread: ModelThread;
  readonly #timeoutMs: number;
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  constructor(thread: ModelThread, timeoutMs: number) {
    this.#thread = thread;
    this.#timeoutMs = timeoutMs;
    thread.receive((message) => this.#receive(message));
    thread.onFailure((message) => this.end(`the model broke its thread: ${message}`));
  }

  get load(): number {
    return this.#pending.size;
  }

  /** Open a model here, unless it is. */
  openOnce(model: number, bytes: Uint8Array, options: OpenOptions): Promise<number | null> {
    const known = this.open.get(model);
    if (known) return known;
    this.opened++;
    const opening = this.ask("open", { model, bytes, options });
    this.open.set(model, opening);
    opening.catch(() => this.open.delete(model));
    return opening;
  }

  ask<Name extends ModelCallName>(
    name: Name,
    asks: ModelCalls[Name]["asks"],
  ): Promise<ModelCalls[Name]["answers"]> {
    if (!this.isAlive) return Promise.reject(new EngineError("bad_model", "its thread has ended"));
    const id = ++this.#last;
    const answer = new Promise<unknown>((resolve, reject) => {
      const late = () => this.end(`the model did not answer within ${this.#timeoutMs} ms`);
      const timer = setTimeout(late, this.#timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
    });
    this.#thread.send({ id, name, asks } as ToModels);
    return answer as Promise<ModelCalls[Name]["answers"]>;
  }

  /** Its memory goes with it: a WebAssembly heap never shrinks. */
  end(why: string): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#thread.terminate();
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new EngineError("bad_model", why));
    }
    this.#pending.clear();
  }

  #receive(message: FromModels): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    if (message.ok) pending.resolve(message.value);
    else pending.reject(new EngineError("bad_model", message.message));
  }
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
        return runner.ask("predict", { model, inputs });
      },
      dispose: () => this.#close(model),
    };
  }

  /** End all threads: every model is closed, and the memory is given back. */
  dispose(): void {
    for (const runner of this.#runners) runner.end("the models were closed");
    this.#runners = [];
  }

  #leastBusy(): Runner {
    const { spawn, count, modelsPerThread, timeoutMs } = this.#options;
    for (const runner of this.#runners) {
      const isUsedUp = runner.opened >= modelsPerThread && runner.open.size === 0;
      if (isUsedUp && runner.load === 0) runner.end("it was replaced");
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
    for (const { open } of holding) open.delete(model);
    await Promise.all(holding.map((runner) => runner.ask("close", { model })));
  }
}
