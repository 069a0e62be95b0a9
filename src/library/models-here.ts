import { ModelPool } from "../runtime/models/model-pool";
import { modelRuns } from "../runtime/models/model-runs";
import { portThread } from "../runtime/threads/port-thread";
import { serve } from "../runtime/threads/serve";

/** Models in the caller's own thread, in Node and browsers alike. To be disposed of: Node does not end before. */
export function modelsHere(): ModelPool {
  return new ModelPool({
    count: 1,
    spawn: () => {
      const { port1, port2 } = new MessageChannel();
      serve(modelRuns(), port2);
      return portThread(port1);
    },
  });
}
