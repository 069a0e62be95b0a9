import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { AppError, unwrap } from "../../contracts/outcome";
import type { Matrix } from "../../engine/ground/matrix";
import type { ModelAnswer, ModelJob } from "./model.thread";
import { Mutex } from "../../engine/ground/mutex";

/** A model that takes longer is given up. */
const TIMEOUT_MS = 10_000;
/** The thread is kept for so long after a run. */
const IDLE_MS = 60_000;
/** Of JavaScript; what the models themselves take is capped in the thread. */
const MOST_HEAP_MB = 256;

/** Runs the models of learnwares, one at a time, in a thread that is ended when one of them misbehaves. */
export class ModelRunner {
  readonly #timeoutMs: number;
  readonly #mutex = new Mutex();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(timeoutMs = TIMEOUT_MS) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * @returns Shape [n, outputs]: values, or probabilities.
   * @throws AppError `bad_model` and others if the model cannot be run on these rows or takes too
   *   long or too much; `internal` if that is not its fault.
   */
  run(job: ModelJob): Promise<Matrix<Float32Array>> {
    return this.#mutex.take(() => this.#run(job));
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  async #run(job: ModelJob): Promise<Matrix<Float32Array>> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= await start());
    try {
      const answered = once(worker, "message", { signal: AbortSignal.timeout(this.#timeoutMs) });
      worker.postMessage(job);
      const [answer] = (await answered.catch(refuse)) as [ModelAnswer];
      const value = unwrap(answer);
      this.#idle = setTimeout(() => void this.close(), IDLE_MS);
      return value;
    } catch (error) {
      await this.close(); // Whatever the model left behind goes with the thread.
      throw error;
    }
  }
}

async function start(): Promise<Worker> {
  const worker = new Worker(new URL("./model-thread.js", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  await once(worker, "message"); // It is ready: from here on, it is a model that takes the time.
  worker.on("error", () => undefined); // Told to whoever waits; nobody else is to fall by it.
  return worker;
}

function refuse(cause: unknown): never {
  throw new AppError("bad_model", "the model took too long or broke its thread", {}, { cause });
}
