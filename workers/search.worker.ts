/** @file Does the sums of a search that no dock makes. Sees sketches and reduced sets, never rows. */

import { expose } from "comlink";

import type { SearchApi, SketchQuery } from "../src/contracts/search-api";
import { type PairKernel, ReferencePairs } from "../src/engine/search/pairs";
import { rankSpecs } from "../src/engine/search/rank-specs";
import { scanSketches, type SketchMatch } from "../src/engine/search/sketch-scan";
import { WasmPairs } from "../src/runtime/wasm-pairs";
import { WasmSketchScan } from "../src/runtime/wasm-sketch-scan";
import { breathe, drive, type JobContext, Jobs, stopIfAborted } from "./jobs";

const jobs = new Jobs();
let pairs: PairKernel | null = null;

const api: SearchApi = {
  cancel: (jobId) => jobs.cancel(jobId),

  scan: (query, ...job) => jobs.run(job, (context) => scan(query, context)),

  rank: ({ rkme, candidates }, ...job) =>
    jobs.run(job, async (context) => {
      pairs ??= await orPlain<PairKernel>(WasmPairs.create(), new ReferencePairs());
      return drive(rankSpecs(pairs, rkme, candidates), context);
    }),
};

expose(api);

async function scan(
  { sketches, sketch, wanted, limit }: SketchQuery,
  { signal, report }: JobContext,
): Promise<SketchMatch[]> {
  report({ stage: "match", done: 0, total: sketches.scales.length });
  const stopHere = async () => {
    await breathe();
    stopIfAborted(signal);
  };
  const scanner = await orPlain(WasmSketchScan.create(sketches.count, stopHere), null);
  if (!scanner) return scanSketches(sketches, sketch, limit, (index) => wanted[index] === 1);
  scanner.append(sketches);
  await stopHere();
  return scanner.scan(sketch, limit, wanted);
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
