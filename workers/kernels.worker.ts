/** @file A helper of the specification worker: sums its share of the rows. */

import { kernelSums } from "../src/runtime/compute/parallel/kernel-sums";
import { serve } from "../src/runtime/threads/serve";

serve(kernelSums());
