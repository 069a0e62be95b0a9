import { Worker } from "node:worker_threads";

import { AppError } from "../../../../contracts/outcome";
import { DatabaseError } from "../database-error";
import type { Answer, Job, Refusal, Reply, Request } from "./pglite.thread";

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Asks a thread that PGlite runs in. */
export class PgliteWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: AppError | null = null;

  /** @param directory - In memory without it. */
  constructor(directory?: string) {
    this.#worker = new Worker(new URL("./pglite-thread.js", import.meta.url), {
      workerData: { directory },
    });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", ({ message }) => this.#lose(message));
    this.#worker.on("exit", () => this.#lose("its thread has ended"));
  }

  /**
   * @param transfer - Buffers of the job that are given away.
   * @throws DatabaseError, or AppError `network_failed` once the thread is gone.
   */
  ask(job: Job, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, job } satisfies Request, transfer);
    });
  }

  /** After what was asked before; does nothing if the thread is gone. */
  async close(): Promise<void> {
    if (this.#end) return;
    await this.ask({ kind: "close" });
    this.#lose("it is closed");
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.answer);
    else waiting?.reject(toError(reply.refusal));
  }

  #lose(reason: string): void {
    this.#end ??= new AppError("network_failed", `the database cannot be reached: ${reason}`);
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

function toError({ message, sqlState, constraint }: Refusal): Error {
  return sqlState === undefined
    ? new Error(message)
    : new DatabaseError(message, sqlState, constraint);
}
