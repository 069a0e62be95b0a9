/** @file Does the sums of a search that no dock makes. Sees sketches and reduced sets, never rows. */

import { expose } from "comlink";

import type { SearchApi, SketchQuery } from "../src/contracts/workers/search-api";
import { mixableSketches } from "../src/engine/search/mixable-sketches";
import { type PairKernel, ReferencePairs } from "../src/engine/search/pairs";
import { rankSpecs } from "../src/engine/search/rank-specs";
import { scanSketches, type SketchMatch } from "../src/engine/search/sketch-scan";
import { WasmPairs } from "../src/runtime/compute/wasm/wasm-pairs";
import { WasmSketchScan } from "../src/runtime/compute/wasm/wasm-sketch-scan";
import { breathe, drive, type JobContext, Jobs, stopIfAborted } from "./jobs";

const jobs = new Jobs();
let pairs: PairKernel | null = null;

const api: SearchApi = {
  cancel: (jobId) => jobs.cancel(jobId),

  scan: (query, ...job) =>
    jobs.run(job, async (context) => {
      const nearest = await open(query, context);
      return nearest(query.sketch, query.limit);
    }),

  shortlist: (query, ...job) =>
    jobs.run(job, async (context) => {
      const nearest = await open(query, context);
      const matches = await nearest(query.sketch, query.limit);
      return { matches, mixable: await mixableSketches(query.sketches, query.sketch, nearest) };
    }),

  rank: ({ rkme, candidates, mixable }, ...job) =>
    jobs.run(job, async (context) => {
      pairs ??= await orPlain<PairKernel>(WasmPairs.create(), new ReferencePairs());
      return drive(rankSpecs(pairs, rkme, candidates, mixable), context);
    }),
};

expose(api);

/** The sketches of a query, made ready to be searched; stops when the job is cancelled. */
async function open(
  { sketches, wanted }: SketchQuery,
  { signal, report }: JobContext,
): Promise<(sketch: SketchQuery["sketch"], limit: number) => Promise<SketchMatch[]>> {
  report({ stage: "match", done: 0, total: sketches.scales.length });
  const stopHere = async () => {
    await breathe();
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
