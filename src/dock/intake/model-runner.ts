import { AppError } from "../../contracts/outcome";
import type { Matrix } from "../../engine/ground/matrix";
import { Mutex } from "../../engine/ground/mutex";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { spawnThread } from "../../runtime/threads/node/spawn-thread";
import type { ModelJob, ModelThreadApi } from "./model.thread";

/** A model that takes longer is given up. */
const TIMEOUT_MS = 10_000;
/** The thread is kept for so long after a run. */
const IDLE_MS = 60_000;
/** A heap of WebAssembly never shrinks: after so many runs the next one gets a fresh thread. */
const RUNS_PER_THREAD = 100;
/** Of JavaScript; what the models themselves take is capped in the thread. */
const MOST_HEAP_MB = 256;

const script = new URL("./model.thread.ts", import.meta.url);

/** Runs the models of learnwares, one at a time, in a thread that is ended when one of them misbehaves. */
export class ModelRunner {
  readonly #timeoutMs: number;
  readonly #mutex = new Mutex();
  readonly #thread = new LastingThread<ModelThreadApi>(
    () => spawnThread(script, { resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB } }),
    {
      // From here on, it is a model that takes the time.
      prepare: (fresh) => fresh.call("ready", []).catch(refuseStart),
      isFatal: () => true, // Whatever the model left behind goes with the thread.
    },
  );
  #idle: NodeJS.Timeout | undefined;
  #runs = 0;

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
    await this.#thread.end();
  }

  async #run(job: ModelJob): Promise<Matrix<Float32Array>> {
    clearTimeout(this.#idle);
    if (this.#runs++ % RUNS_PER_THREAD === 0) await this.#thread.end();
    const value = await this.#thread
      .call("run", [job], { timeoutMs: this.#timeoutMs })
      .catch(refuse);
    this.#idle = setTimeout(() => void this.close(), IDLE_MS);
    return value;
  }
}

function refuseStart(cause: unknown): never {
  throw new AppError("internal", "the thread that models run in cannot start", {}, { cause });
}

function refuse(cause: unknown): never {
  if (!(cause instanceof AppError)) throw cause;
  if (cause.code === "timed_out") {
    throw new AppError("bad_model", "the model takes too long", {}, { cause });
  }
  if (!["worker_died", "aborted", "out_of_memory"].includes(cause.code)) throw cause;
  throw new AppError("bad_model", "the model breaks the thread that it runs in", {}, { cause });
}
