import { availableParallelism } from "node:os";

import type { Entry } from "../../src/dock/storage/learnware-store";
import type { PackedRkme } from "../../src/engine/search/pairs";
import { spawnThread } from "../../src/runtime/threads/node/spawn-thread";
import { Thread } from "../../src/runtime/threads/thread";
import type { SearchForm } from "./search-form";
import type { Part, SearchThreadApi } from "./search.thread";

const script = new URL("./search.thread.ts", import.meta.url);

/** Makes learnwares of a simulated market, and the truth about them, in as many threads as there are cores. */
export class Makers {
  readonly #count: number;
  readonly #threads: readonly Thread<SearchThreadApi>[];

  constructor(count: number) {
    this.#count = count;
    this.#threads = Array.from(
      { length: availableParallelism() },
      () => new Thread<SearchThreadApi>(spawnThread(script)),
    );
  }

  /** Learnwares from first, below end. */
  async make(first: number, end: number, form: SearchForm): Promise<Entry[]> {
    const making = (thread: Thread<SearchThreadApi>, part: Part) =>
      thread.call("make", [part, form]);
    const parts = await this.#share(first, end, making);
    return parts.flat();
  }

  /** Of every query, the indices of the nearest learnwares by exact squared MMD. */
  async rank(queries: readonly PackedRkme[], limit: number): Promise<number[][]> {
    const parts = await this.#share(0, this.#count, (thread, part) =>
      thread.call("rank", [part, queries, limit]),
    );
    return queries.map((_, q) => {
      const scored = parts.flatMap((part) => part[q]!).sort((a, b) => a[1] - b[1]);
      return scored.slice(0, limit).map(([index]) => index);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  /** Every thread does its part of a range. */
  #share<Answer>(
    first: number,
    end: number,
    ask: (thread: Thread<SearchThreadApi>, part: Part) => Promise<Answer>,
  ): Promise<Answer[]> {
    const count = this.#count;
    const border = (i: number) => first + Math.floor(((end - first) * i) / this.#threads.length);
    return Promise.all(
      this.#threads.map((thread, i) =>
        ask(thread, { count, first: border(i), end: border(i + 1) }),
      ),
    );
  }
}
