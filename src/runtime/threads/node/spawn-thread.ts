import { type ResourceLimits, Worker } from "node:worker_threads";

import { AppError } from "../../../contracts/outcome";
import type { Started } from "../thread";
import { nodePort } from "./node-port";

interface Options {
  /** Handed to the script, which finds it with `threadInput`. */
  readonly input?: unknown;
  readonly resourceLimits?: ResourceLimits;
}

/** A thread of Node's that runs a TypeScript file, which calls `serveThread`. */
export function spawnThread(script: URL, { input, resourceLimits }: Options = {}): Started {
  const worker = new Worker(new URL("./start-thread.js", import.meta.url), {
    workerData: { script: script.href, input },
    ...(resourceLimits && { resourceLimits }),
  });
  return {
    port: nodePort(worker),
    onEnd: (listener) => {
      const died = (why: string) => listener(new AppError("worker_died", why));
      worker.on("error", ({ message }) => died(message));
      worker.on("exit", (code) => died(`it ended with code ${code}`));
    },
    end: () => worker.terminate(),
  };
}
