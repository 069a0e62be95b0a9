import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { Compute } from "../engine/kernel/compute";
import type { FromHelper, HelperThread } from "../runtime/kernel-channel";
import { ParallelCompute } from "../runtime/parallel-compute";

const MOST_THREADS = 8;

/** The kernel sums in WASM, over as many threads as there are cores. To be disposed of. */
export function openCompute(): Promise<Compute> {
  return ParallelCompute.create({
    spawn: spawnThread,
    count: Math.min(availableParallelism(), MOST_THREADS),
  });
}

function spawnThread(): HelperThread {
  const worker = new Worker(new URL("./kernels-thread.js", import.meta.url));
  return {
    send: (message, transfer) => worker.postMessage(message, transfer),
    receive: (listener) => worker.on("message", (message: FromHelper) => listener(message)),
    onFailure: (listener) => {
      worker.on("error", ({ message }) => listener(message));
      worker.on("exit", (code) => listener(`it ended with code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
