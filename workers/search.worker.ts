/** @file Does the sums of a search that no dock makes. Sees sketches and reduced sets, never rows. */

import type { SearchApi, SketchQuery } from "../src/contracts/workers/search-api";
import { mixableSketches } from "../src/engine/search/sketches/mixable-sketches";
import { type PairKernel, ReferencePairs } from "../src/engine/search/pairs";
import { rankSpecs } from "../src/engine/search/rank-specs";
import { scanSketches, type SketchMatch } from "../src/engine/search/sketches/sketch-scan";
import { WasmPairs } from "../src/runtime/compute/wasm/wasm-pairs";
import { WasmSketchScan } from "../src/runtime/compute/wasm/wasm-sketch-scan";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { type Job, serve, stopIfAborted } from "../src/runtime/threads/serve";

let pairs: PairKernel | null = null;

serve<SearchApi>({
  async scan(query, job) {
    const nearest = await open(query, job);
    return nearest(query.sketch, query.limit);
  },

  async shortlist(query, job) {
    const nearest = await open(query, job);
    const matches = await nearest(query.sketch, query.limit);
    return { matches, mixable: await mixableSketches(query.sketches, query.sketch, nearest) };
  },

  async rank({ rkme, candidates, mixable }, job) {
    pairs ??= await orPlain<PairKernel>(WasmPairs.create(), new ReferencePairs());
    return drive(rankSpecs(pairs, rkme, candidates, mixable), job);
  },
});

/** The sketches of a query, made ready to be searched; stops when the job is cancelled. */
async function open(
  { sketches, wanted }: SketchQuery,
  { signal, report }: Job,
): Promise<(sketch: SketchQuery["sketch"], limit: number) => Promise<SketchMatch[]>> {
  report({ stage: "match", done: 0, total: sketches.scales.length });
  const stopHere = async () => {
    await nextTask();
    stopIfAborted(signal);
  };
  const scanner = await orPlain(WasmSketchScan.create(sketches.count, stopHere), null);
  scanner?.append(sketches);
  return async (sketch, limit) => {
    await stopHere();
    return scanner
      ? scanner.scan(sketch, limit, wanted)
      : scanSketches(sketches, sketch, limit, (index) => wanted[index] === 1);
  };
}

/** What WebAssembly offers, or the other where it has no SIMD. */
async function orPlain<T>(fast: Promise<T>, plain: T): Promise<T> {
  try {
    return await fast;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return plain;
    throw error;
  }
}
