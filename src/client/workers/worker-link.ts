import { proxy, releaseProxy, type Remote, wrap } from "comlink";

import type { Job, JobHost } from "../../contracts/workers/job";
import { AppError, type Outcome, unwrap } from "../../contracts/outcome";
import type { Progress } from "../../engine/ground/progress";

export interface Call {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The page's end of one worker: plain promises, real errors, an AbortSignal, and no call that waits for ever. */
export class WorkerLink<Api extends JobHost> {
  readonly remote: Remote<Api>;
  readonly #worker: Worker;
  /** Rejects if the worker dies or is ended. Without it a call to a dead worker would never settle. */
  readonly #end: Promise<never>;
  #rejectEnd: (reason: AppError) => void = () => undefined;
  #nextJobId = 1;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.remote = wrap<Api>(worker);
    this.#end = new Promise((_, reject) => {
      this.#rejectEnd = reject;
      worker.addEventListener("error", () => {
        reject(new AppError("internal", "a background worker failed to load or stopped"));
      });
    });
    this.#end.catch(() => undefined); // Reported by each call, so not an unhandled rejection.
  }

  /** Wait for a short answer. */
  async ask<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, this.#end]);
  }

  /**
   * Start a long call and see it through. Progress is advisory and never arrives after the promise settles.
   *
   * @throws AppError with the worker's code; `aborted` when `signal` fires.
   */
  async run<T>(
    start: (...job: Job) => Promise<Outcome<T>>,
    { signal, onProgress }: Call = {},
  ): Promise<T> {
    if (signal?.aborted) throw new AppError("aborted", "cancelled before it began");
    const id = this.#nextJobId++;
    const cancel = () => void (this.remote as unknown as Remote<JobHost>).cancel(id);
    signal?.addEventListener("abort", cancel, { once: true });
    let settled = false;
    // A proxied callback has its own port, so a late call can arrive after the result.
    const report = proxy((progress: Progress) => {
      if (!settled) onProgress?.(progress);
    });
    try {
      return unwrap(await this.ask(start(id, report)));
    } finally {
      settled = true;
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** End the worker; calls that wait for it are cancelled. */
  dispose(): void {
    this.#rejectEnd(new AppError("aborted", "the worker was ended"));
    (this.remote as unknown as { [releaseProxy](): void })[releaseProxy]();
    this.#worker.terminate();
  }
}
