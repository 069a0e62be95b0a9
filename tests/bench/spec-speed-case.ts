/**
 * @file One case of the speed benchmark, in a process of its own so that its peak memory can be
 * seen: `spec-speed-case.ts <typescript|wasm|compat> <rows> <cols>` prints one line of JSON.
 */

import { ReferenceCompute } from "../../src/engine/kernel/reference-compute";
import type { Compute } from "../../src/engine/kernel/compute";
import type { Matrix } from "../../src/engine/matrix";
import { reduceRows } from "../../src/engine/spec/reduce";
import { WasmCompute } from "../../src/runtime/wasm-compute";
import { reduceAsReference } from "./reference-way";
import { median } from "./report";
import { madeUpTable } from "./spec-tables";

const GAMMA = 0.1;
const COUNT = 100;
const REPEATS = 3;

export interface SpeedRun {
  /** Of the whole way from a matrix to weighted points; median of the repeats. */
  readonly seconds: number;
  /** Of the processor, over all threads; says more than `seconds` does on a busy machine. */
  readonly cpuSeconds: number;
  /** By stage, of the last repeat. */
  readonly phases: Readonly<Record<string, number>>;
  /** Most memory in use at any time, less what was in use with the matrix alone. */
  readonly peakBytes: number;
}

async function main(): Promise<void> {
  const [way = "wasm", rows, cols] = process.argv.slice(2);
  const once = way === "compat" ? compatOnce : ours(await computeOf(way));
  await once(madeUpTable(2000, Number(cols)));
  const x = madeUpTable(Number(rows), Number(cols));
  const before = process.memoryUsage.rss();
  const seconds: number[] = [];
  const cpu: number[] = [];
  let peakBytes = 0;
  let phases: Record<string, number> = {};
  for (let repeat = 0; repeat < (way === "wasm" ? REPEATS : 1); repeat++) {
    const start = performance.now();
    const used = process.cpuUsage();
    phases = await once(x);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1e6);
    // Later repeats may begin before the memory of earlier ones is collected.
    peakBytes ||= Math.max(0, 1024 * process.resourceUsage().maxRSS - before);
    seconds.push((performance.now() - start) / 1000);
  }
  const run: SpeedRun = { seconds: median(seconds), cpuSeconds: median(cpu), phases, peakBytes };
  console.log(JSON.stringify(run));
}

async function computeOf(way: string): Promise<Compute> {
  return way === "typescript" ? new ReferenceCompute() : await WasmCompute.create();
}

async function compatOnce(x: Matrix<Float32Array>): Promise<Record<string, number>> {
  reduceAsReference(x);
  return {};
}

function ours(compute: Compute) {
  return async (x: Matrix<Float32Array>): Promise<Record<string, number>> => {
    const phases: Record<string, number> = {};
    let stage = "load";
    let since = performance.now();
    const enter = (next: string) => {
      phases[stage] = (phases[stage] ?? 0) + (performance.now() - since) / 1000;
      since = performance.now();
      stage = next;
    };
    const rows = await compute.load(x);
    enter("cluster");
    const job = reduceRows(compute, rows, x, { gamma: GAMMA, count: COUNT });
    for (;;) {
      const step = await job.next();
      enter(step.done ? "" : step.value.stage);
      if (step.done) break;
    }
    rows.dispose();
    return phases;
  };
}

await main();
