import { AppError } from "../contracts/outcome";
import type { Describer, Predictor } from "./clients";

interface Disposable {
  dispose(): void;
}

/** Failures after which the worker itself cannot be trusted, so that the next call gets a fresh one. */
const FATAL: ReadonlySet<string> = new Set(["device_lost", "internal", "out_of_memory"]);

/** A describer whose worker starts with its first call, and anew after it broke. */
export function lazyDescriber(open: () => Promise<Describer & Disposable>): Describer {
  const use = lazily(open);
  return {
    describe: (island, matches, call) => use((spec) => spec.describe(island, matches, call)),
    rank: (candidates, call) => use((spec) => spec.rank(candidates, call)),
  };
}

/** A predictor whose worker and ONNX engine load with its first call, and anew after it broke. */
export function lazyPredictor(open: () => Promise<Predictor & Disposable>): Predictor {
  const use = lazily(open);
  return { predict: (plan, call) => use((reuse) => reuse.predict(plan, call)) };
}

function lazily<C extends Disposable>(open: () => Promise<C>) {
  let opening: Promise<C> | null = null;
  return async <T>(work: (client: C) => Promise<T>): Promise<T> => {
    const mine = (opening ??= open());
    let client: C | null = null;
    try {
      client = await mine;
      return await work(client);
    } catch (error) {
      if (!client || !(error instanceof AppError) || FATAL.has(error.code)) {
        if (opening === mine) opening = null;
        client?.dispose();
      }
      throw error;
    }
  };
}
