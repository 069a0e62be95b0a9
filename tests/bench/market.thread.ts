/** @file A thread that measures markets, one after the other. */

import { parentPort } from "node:worker_threads";

import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { Cache } from "./market-cache";
import type { MarketSize } from "./market-build";
import { type HeteroSize, measureHetero, type MeasuredHetero } from "./market-hetero-run";
import { heteroPlans } from "./market-hetero-plans";
import { marketPlans } from "./market-plans";
import { type MeasuredMarket, measureMarket } from "./market-run";

interface Job {
  /** Of one of the plans. */
  readonly name: string;
  readonly data: string;
  readonly cache: string | undefined;
}

export interface MarketJob extends Job {
  readonly kind: "market";
  readonly size: MarketSize;
}

export interface HeteroJob extends Job {
  readonly kind: "hetero";
  readonly size: HeteroSize;
}

export type Measured<J> = J extends MarketJob ? MeasuredMarket : MeasuredHetero;

const port = parentPort;
if (!port) throw new Error("this file is the start of a thread");

const compute = await WasmCompute.create();

port.on("message", (job: MarketJob | HeteroJob) => {
  void measure(job).then((measured) => port.postMessage(measured));
});

async function measure(job: MarketJob | HeteroJob): Promise<MeasuredMarket | MeasuredHetero> {
  const { name, data } = job;
  const cache = new Cache(job.cache);
  if (job.kind === "market") {
    const plan = marketPlans.find((one) => one.name === name)!;
    return measureMarket(plan, data, compute, cache, job.size);
  }
  const plan = heteroPlans.find((one) => one.name === name)!;
  return measureHetero(plan, data, compute, cache, job.size);
}
