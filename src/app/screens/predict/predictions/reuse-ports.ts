import type { BundleWords } from "../../../../contracts/workers/reuse-plan";
import type { Steps } from "../../../../engine/ground/progress";
import type { ReuserName } from "../../../../engine/reuse/reuser";
import type { ReusePorts } from "../../../../workflows/reuse/reuse";
import { stepsOf } from "../../../../workflows/steps-of";
import type { Packages, Predictor, TableKeeper } from "../../../clients";

interface WorkerPorts extends ReusePorts {
  bundle(plan: number, way: ReuserName, words: BundleWords): Steps<Blob>;
}

/** The clients as ports of one run, which ends when the signal fires. */
export function reusePorts(
  client: Predictor,
  packages: Pick<Packages, "get">,
  data: Pick<TableKeeper, "embed">,
  signal: AbortSignal | undefined,
): WorkerPorts {
  const stop = signal ? { signal } : {};
  return {
    fetchPackage: async (card, onProgress) => {
      const zip = await packages.get(card, { ...stop, onProgress });
      signal?.throwIfAborted();
      return zip;
    },
    predictor: {
      prepare: (plan) =>
        stepsOf(async (onProgress) => {
          await data.embed(plan.island, plan.matches, { ...stop, onProgress });
          return client.prepare(plan, { ...stop, onProgress });
        }),
      predict: (plan, way, rows) =>
        stepsOf((onProgress) => client.predict(plan, way, rows, { ...stop, onProgress })),
    },
    bundle: (plan, way, words) =>
      stepsOf((onProgress) => client.bundle(plan, way, words, { ...stop, onProgress })),
  };
}
