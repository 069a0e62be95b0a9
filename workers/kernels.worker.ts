/** @file A helper of the specification worker: sums its share of the rows. */

import type { ToHelper } from "../src/runtime/compute/parallel/kernel-channel";
import { serveKernels } from "../src/runtime/compute/parallel/kernel-server";

serveKernels({
  send: (message, transfer) => self.postMessage(message, { transfer }),
  receive: (listener) => {
    self.onmessage = ({ data }: MessageEvent<ToHelper>) => listener(data);
  },
});
