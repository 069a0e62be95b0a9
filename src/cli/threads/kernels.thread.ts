/** @file A helper thread of the command line: sums its share of the rows. */

import { kernelSums } from "../../runtime/compute/parallel/kernel-sums";
import { serveThread } from "../../runtime/threads/node/serve-thread";

serveThread(kernelSums());
