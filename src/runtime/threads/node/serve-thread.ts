import { parentPort, workerData } from "node:worker_threads";

import { serve, type Served } from "../serve";
import { nodePort } from "./node-port";

/** Answer the calls of who started this thread with `spawnThread`. */
export function serveThread<Api extends object>(api: Served<Api>): void {
  if (!parentPort) throw new Error("this file is the start of a thread");
  serve(api, nodePort(parentPort));
}

/** What `spawnThread` was given for this thread; who reads it checks it. */
export function threadInput(): unknown {
  return (workerData as { readonly input: unknown }).input;
}
