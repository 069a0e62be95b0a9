/** @file A thread of the command line: runs models when asked. */

import { parentPort } from "node:worker_threads";

import { serveModels } from "../../runtime/models/model-server";

const port = parentPort;
if (!port) throw new Error("this file is the start of a thread");
serveModels({
  send: (message, transfer) => port.postMessage(message, transfer),
  receive: (listener) => port.on("message", listener),
});
