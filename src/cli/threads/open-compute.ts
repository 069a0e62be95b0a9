import { availableParallelism } from "node:os";

import type { Compute } from "../../engine/specification/kernel/compute";
import { ParallelCompute } from "../../runtime/compute/parallel/parallel-compute";
import { spawnThread } from "../../runtime/threads/node/spawn-thread";

const MOST_THREADS = 8;

/** The kernel sums in WASM, over as many threads as there are cores. To be disposed of. */
export function openCompute(): Promise<Compute> {
  return ParallelCompute.create({
    spawn: () => spawnThread(new URL("./kernels.thread.ts", import.meta.url)),
    count: Math.min(availableParallelism(), MOST_THREADS),
  });
}
