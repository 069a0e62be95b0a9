/** @file A helper of the reuse worker: runs models, and is ended with the one that does not come to an end. */

import { modelRuns } from "../src/runtime/models/model-runs";
import { serve } from "../src/runtime/threads/serve";

serve(modelRuns());
