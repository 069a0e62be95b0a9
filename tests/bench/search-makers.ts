import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { Entry } from "../../src/dock/storage/learnware-store";
import type { PackedRkme } from "../../src/engine/search/pairs";
import type { MakingJob, RankingJob, Scored } from "./search.thread";

/** Makes learnwares of a simulated market, and the truth about them, in as many threads as there are cores. */
export class Makers {
  readonly #count: number;
  readonly #threads: readonly Worker[];

  constructor(count: number) {
    this.#count = count;
    this.#threads = Array.from(
      { length: availableParallelism() },
      () => new Worker(new URL("search-thread.js", import.meta.url)),
    );
  }

  /** Learnwares from first, below end. */
  async make(first: number, end: number): Promise<Entry[]> {
    return (await this.#share<Entry[]>({ kind: "make", count: this.#count }, first, end)).flat();
  }

  /** Of every query, the indices of the nearest learnwares by exact squared MMD. */
  async rank(queries: readonly PackedRkme[], limit: number): Promise<number[][]> {
    const job = { kind: "rank", count: this.#count, queries, limit } as const;
    const parts = await this.#share<Scored[][]>(job, 0, this.#count);
    return queries.map((_, q) => {
      const scored = parts.flatMap((part) => part[q]!).sort((a, b) => a[1] - b[1]);
      return scored.slice(0, limit).map(([index]) => index);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  /** Every thread does its part of a range. */
  #share<Answer>(
    job: Omit<MakingJob, "first" | "end"> | Omit<RankingJob, "first" | "end">,
    first: number,
    end: number,
  ): Promise<Answer[]> {
    const border = (i: number) => first + Math.floor(((end - first) * i) / this.#threads.length);
    return Promise.all(
      this.#threads.map((thread, i) => {
        return ask<Answer>(thread, { ...job, first: border(i), end: border(i + 1) });
      }),
    );
  }
}

function ask<Answer>(thread: Worker, job: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    thread.once("error", reject);
    thread.once("message", (answer: Answer) => {
      thread.off("error", reject);
      resolve(answer);
    });
    thread.postMessage(job);
  });
}
