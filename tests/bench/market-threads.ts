import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { HeteroJob, MarketJob, Measured } from "./market.thread";

const MOST_THREADS = 2;

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
      const worker = new Worker(new URL("market-thread.js", import.meta.url));
      try {
        for (let job = waiting.shift(); job; job = waiting.shift()) {
          onMeasured(await measure(worker, job));
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}

async function measure<Job>(worker: Worker, job: Job): Promise<Measured<Job>> {
  worker.postMessage(job);
  const [market] = (await once(worker, "message")) as [Measured<Job>];
  return market;
}
