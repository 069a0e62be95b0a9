/** @file A thread that measures markets, one after the other. */

import { parentPort } from "node:worker_threads";

import { WasmCompute } from "../../src/runtime/wasm-compute";
import { Cache } from "./market-cache";
import type { MarketSize } from "./market-build";
import { marketPlans } from "./market-plans";
import { measureMarket } from "./market-run";

export interface MarketJob {
  /** Of one of the plans. */
  readonly name: string;
  readonly data: string;
  readonly cache: string | undefined;
  readonly size: MarketSize;
}

const port = parentPort;
if (!port) throw new Error("this file is the start of a thread");

const compute = await WasmCompute.create();

port.on("message", ({ name, data, cache, size }: MarketJob) => {
  const plan = marketPlans.find((one) => one.name === name)!;
  void measureMarket(plan, data, compute, new Cache(cache), size).then((measured) =>
    port.postMessage(measured),
  );
});
