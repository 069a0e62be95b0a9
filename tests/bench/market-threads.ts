import { availableParallelism } from "node:os";

import { spawnThread } from "../../src/runtime/threads/node/spawn-thread";
import { Thread } from "../../src/runtime/threads/thread";
import type { HeteroJob, MarketApi, MarketJob, Measured } from "./market.thread";

const MOST_THREADS = 2;

const script = new URL("./market.thread.ts", import.meta.url);

/**
 * Measure markets, each in one of two threads.
 *
 * @param jobs - Those that take longest first.
 * @param onMeasured - Gets each market as soon as it is there.
 */
export async function measureInThreads<Job extends MarketJob | HeteroJob>(
  jobs: readonly Job[],
  onMeasured: (market: Measured<Job>) => void,
): Promise<void> {
  const waiting = [...jobs];
  const count = Math.min(MOST_THREADS, availableParallelism(), jobs.length);
  await Promise.all(
    Array.from({ length: count }, async () => {
      const thread = new Thread<MarketApi>(spawnThread(script));
      try {
        for (let job = waiting.shift(); job; job = waiting.shift()) {
          onMeasured((await thread.call("measure", [job])) as Measured<Job>);
        }
      } finally {
        await thread.end();
      }
    }),
  );
}
