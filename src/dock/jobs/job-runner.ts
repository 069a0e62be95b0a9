import { setTimeout } from "node:timers/promises";

import { AppError } from "../../contracts/outcome";
import { type Log, logFailure } from "../http/request-log";
import { type Job, JOB_KINDS, type JobKind, type JobQueue } from "./job-queue";

/** What a handler is given beside the subject of its job. */
export interface JobContext {
  /** To be awaited between parts of the work: keeps the job, and throws `aborted` when it has to stop. */
  readonly keep: () => Promise<void>;
}

/** Of the kinds that a runner does; it leaves all others alone. */
export type JobHandlers = Readonly<
  Partial<Record<JobKind, (subject: string, context: JobContext) => Promise<void>>>
>;

const LEASE_MS = 60_000;
const POLL_MS = 1000;

/** Does the jobs of a queue, one after the other, until it is stopped. */
export class JobRunner {
  readonly #queue: JobQueue;
  readonly #handlers: JobHandlers;
  readonly #kinds: readonly JobKind[];
  readonly #log: Log;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;

  /** Starts at once. */
  constructor(queue: JobQueue, handlers: JobHandlers, log: Log) {
    this.#queue = queue;
    this.#handlers = handlers;
    this.#kinds = JOB_KINDS.filter((kind) => handlers[kind] !== undefined);
    this.#log = log;
    this.#ended = this.#run();
  }

  /** Resolves when the job under way has let go. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const isBusy = await this.#next().catch((error: unknown) => {
        logFailure(this.#log, error); // The database is away: try again later.
        return false;
      });
      if (!isBusy) await setTimeout(POLL_MS, null, { signal }).catch(() => undefined);
    }
  }

  /** @returns Whether there was a job. */
  async #next(): Promise<boolean> {
    const job = await this.#queue.take(LEASE_MS, this.#kinds);
    if (!job) return false;
    try {
      await this.#handlers[job.kind]?.(job.subject, { keep: () => this.#keep(job) });
      await this.#queue.finish(job);
    } catch (error) {
      if (error instanceof AppError && error.code === "aborted") {
        await this.#queue.release(job);
      } else {
        logFailure(this.#log, error);
        await this.#queue.fail(job, error instanceof Error ? error.name : "unknown");
      }
    }
    return true;
  }

  async #keep(job: Job): Promise<void> {
    if (this.#stopping.signal.aborted) throw new AppError("aborted", "the dock is closing");
    if (!(await this.#queue.extend(job, LEASE_MS))) {
      throw new AppError("aborted", "another dock has taken the job over");
    }
  }
}
