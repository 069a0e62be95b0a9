/** @file A helper thread of the command line: sums its share of the rows. */

import { parentPort } from "node:worker_threads";

import { serveKernels } from "../../runtime/compute/parallel/kernel-server";

const port = parentPort;
if (!port) throw new Error("this file is the start of a thread");
serveKernels({
  send: (message, transfer) => port.postMessage(message, transfer),
  receive: (listener) => port.on("message", listener),
});
