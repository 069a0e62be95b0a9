/** @file Looks at learnwares before they are shared: the checks of a dock, made in the tab. */

import "../src/contracts/no-eval";

import type { KnownIsland, ShareApi } from "../src/contracts/workers/share-api";
import { EngineError } from "../src/engine/ground/errors";
import { zipLimits } from "../src/engine/learnware/zip/zip-limits";
import { entryOf } from "../src/engine/learnware/onnx/onnx-inspect";
import { type Check, CHECKS } from "../src/engine/verify/check";
import { editPackage } from "../src/engine/verify/edit-package";
import { verifyPackage } from "../src/engine/verify/verify-package";
import { decoding } from "../src/runtime/text-decoding";
import { ModelPool } from "../src/runtime/models/model-pool";
import { startRuntime } from "../src/runtime/models/start-runtime";
import { nextTask } from "../src/runtime/threads/next-task";
import { serve, stopIfAborted } from "../src/runtime/threads/serve";
import { workerThread } from "../src/runtime/threads/worker-thread";
import ModelsWorker from "./models.worker?worker&inline";
import { lookIntoZip } from "./parts/look-into-zip";

/** Between two signs of life while a model runs. */
const BEAT_MS = 1000;

serve<ShareApi>({
  look(zip, islands) {
    return lookIntoZip(zip, islands);
  },
  async edit(zip, edit, job) {
    const edited = await editPackage(zip, edit);
    if (edited.length <= zipLimits.zipBytes) return job.give(edited);
    const limit = zipLimits.zipBytes;
    throw new EngineError("package_too_large", `the zip may have ${limit} bytes`, { limit });
  },
  async check(zip, islands, ortWasm, { signal, report }) {
    const wasm = await ortWasm.arrayBuffer();
    const pool = new ModelPool({ spawn: () => workerThread(new ModelsWorker()), count: 1, wasm });
    const stop = () => pool.dispose();
    signal.addEventListener("abort", stop, { once: true });
    const checks: Check[] = [];
    const tell = () => report({ stage: "check", done: checks.length, total: CHECKS.length - 1 }); // The last is the dock's.
    tell();
    // However long a model takes, the page hears that it is being worked on.
    const beat = setInterval(tell, BEAT_MS);
    const checking = verifyPackage(zip, {
      async open(inspected, about) {
        await startRuntime((bytes) => pool.open(bytes));
        const model = await pool.open(inspected.bytes, entryOf(inspected, about));
        return { run: (inputs) => model.predict(inputs), close: () => model.dispose() };
      },
      findSpace: ({ id, version }) => Promise.resolve(spaceOf(islands, id, version)),
      decoding,
      now: () => performance.now(),
    });
    try {
      for (;;) {
        const next = await checking.next();
        stopIfAborted(signal);
        if (next.done) return checks;
        checks.push(next.value);
        tell();
        await nextTask();
        stopIfAborted(signal);
      }
    } finally {
      clearInterval(beat);
      signal.removeEventListener("abort", stop);
      pool.dispose();
    }
  },
});

/** As the dock has it now; null if it has another version, which only the dock itself compares with. */
function spaceOf(islands: readonly KnownIsland[], id: string, version: number) {
  const island = islands.find(({ space }) => space.id === id && space.version === version);
  return island?.space ?? null;
}
