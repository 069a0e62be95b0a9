/** @file A thread of the command line: runs models when asked. */

import { modelRuns } from "../../runtime/models/model-runs";
import { serveThread } from "../../runtime/threads/node/serve-thread";

serveThread(modelRuns());
