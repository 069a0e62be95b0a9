/** @file A thread that measures markets, one after the other. */

import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { serveThread } from "../../src/runtime/threads/node/serve-thread";
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

export interface MarketApi {
  measure(job: MarketJob | HeteroJob): MeasuredMarket | MeasuredHetero;
}

const compute = await WasmCompute.create();

serveThread<MarketApi>({ measure });

async function measure(job: MarketJob | HeteroJob): Promise<MeasuredMarket | MeasuredHetero> {
  const { name, data } = job;
  const cache = new Cache(job.cache);
  if (job.kind === "market") {
    const plan = marketPlans(data).find((one) => one.name === name)!;
    return measureMarket(plan, data, compute, cache, job.size);
  }
  const plan = heteroPlans(data).find((one) => one.name === name)!;
  return measureHetero(plan, data, compute, cache, job.size);
}
