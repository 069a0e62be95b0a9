import { availableParallelism } from "node:os";

import { ModelPool, type PoolOptions } from "../../runtime/models/model-pool";
import { spawnThread } from "../../runtime/threads/node/spawn-thread";

/** Each holds an onnxruntime of some 100 MB. */
const MOST_THREADS = 8;

/** Models over as many threads as there are cores. To be disposed of. */
export function openModels(
  count = Math.min(availableParallelism(), MOST_THREADS),
  limits: Pick<PoolOptions, "answerMs"> = {},
): ModelPool {
  const script = new URL("./models.thread.ts", import.meta.url);
  return new ModelPool({ spawn: () => spawnThread(script), count, ...limits });
}
