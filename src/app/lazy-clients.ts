import { AppError } from "../contracts/outcome";
import type { Dock } from "../client/dock/dock";
import type { Searcher } from "../client/dock/sketch-search";
import type { Describer, Predictor } from "./clients";

interface Disposable {
  dispose(): void;
}

/** Failures after which the worker itself cannot be trusted, so that the next call gets a fresh one. */
const FATAL: ReadonlySet<string> = new Set(["device_lost", "internal", "out_of_memory"]);

/** A describer whose worker starts with its first call, and anew after it broke. */
export function lazyDescriber<C extends Describer & Disposable>(
  open: () => C,
  prepare: (client: C) => Promise<void>,
): Describer {
  const { use } = lazily(open, prepare);
  return {
    describe: (island, matches, call) => use((spec) => spec.describe(island, matches, call)),
    sketch: (island, matches, privacy, call) =>
      use((spec) => spec.sketch(island, matches, privacy, call)),
    rank: (candidates, call) => use((spec) => spec.rank(candidates, call)),
  };
}

/** A predictor whose worker and ONNX engine load with its first call, and anew after it broke or was released. */
export function lazyPredictor<C extends Omit<Predictor, "release"> & Disposable>(
  open: () => C,
  prepare: (client: C) => Promise<void>,
): Predictor {
  const { use, release } = lazily(open, prepare);
  return {
    prepare: (plan, call) => use((reuse) => reuse.prepare(plan, call)),
    predict: (plan, way, rows, call) => use((reuse) => reuse.predict(plan, way, rows, call)),
    bundle: (plan, way, words, call) => use((reuse) => reuse.bundle(plan, way, words, call)),
    // A WebAssembly heap never shrinks: it goes with its worker only.
    release,
  };
}

/** A searcher whose worker starts with its first call, and anew after it broke. */
export function lazySearcher(open: () => Searcher & Disposable): Searcher {
  const { use } = lazily(open, async () => undefined);
  return {
    scan: (query, call) => use((searcher) => searcher.scan(query, call)),
    shortlist: (query, call) => use((searcher) => searcher.shortlist(query, call)),
    rank: (query, call) => use((searcher) => searcher.rank(query, call)),
  };
}

/** A dock whose client loads with the first question to it: what checks the answers is large. */
export function lazyDock(sendsRequests: boolean, load: () => Promise<Dock>): Dock {
  let loading: Promise<Dock> | null = null;
  const use = async <T>(ask: (dock: Dock) => Promise<T>): Promise<T> => {
    loading ??= load();
    const mine = loading;
    const dock = await mine.catch((cause: unknown) => {
      if (loading === mine) loading = null;
      throw new AppError("network_failed", "the dock's client did not load", {}, { cause });
    });
    return ask(dock);
  };
  return {
    sendsRequests,
    islands: (call) => use((dock) => dock.islands(call)),
    island: (id, call) => use((dock) => dock.island(id, call)),
    sketches: (islandId, call) => use((dock) => dock.sketches(islandId, call)),
    search: (request, call) => use((dock) => dock.search(request, call)),
    searchNext: (request, call) => use((dock) => dock.searchNext(request, call)),
    learnware: (id, call) => use((dock) => dock.learnware(id, call)),
    specification: (name, call) => use((dock) => dock.specification(name, call)),
    packageBytes: (name, call) => use((dock) => dock.packageBytes(name, call)),
  };
}

function lazily<C extends Disposable>(open: () => C, prepare: (client: C) => Promise<void>) {
  let held: { readonly client: C; readonly ready: Promise<void> } | null = null;
  const release = (): void => {
    held?.client.dispose();
    held = null;
  };
  const use = async <T>(work: (client: C) => Promise<T>): Promise<T> => {
    if (!held) {
      const client = open();
      held = { client, ready: prepare(client) };
    }
    const mine = held;
    let isReady = false;
    try {
      await mine.ready;
      isReady = true;
      return await work(mine.client);
    } catch (error) {
      const isBroken = !isReady || !(error instanceof AppError) || FATAL.has(error.code);
      if (isBroken && held === mine) {
        held = null;
        mine.client.dispose();
      }
      // A worker that cannot be fetched says only that it failed.
      if (!isReady && error instanceof AppError && error.code === "internal" && isOffline()) {
        throw new AppError("network_failed", error.message, {}, { cause: error });
      }
      throw error;
    }
  };
  return { use, release };
}

function isOffline(): boolean {
  return !navigator.onLine;
}
