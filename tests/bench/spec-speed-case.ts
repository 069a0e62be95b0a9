/**
 * @file One case of the speed benchmark, in a process of its own so that its peak memory can be
 * seen: `spec-speed-case.ts <typescript|wasm|webgpu|compat> <rows> <cols>`, run with --expose-gc,
 * prints one line of JSON.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { finish } from "../../src/engine/ground/finish";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { ReferenceCompute } from "../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../src/engine/ground/matrix";
import { describeRows } from "../../src/engine/specification/describe";
import { reduceRows } from "../../src/engine/specification/reduce/reduce";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { WebGpuCompute } from "../../src/runtime/compute/webgpu/webgpu-compute";
import { openNodeGpu } from "./node-gpu";
import { reduceAsReference } from "./reference-way";
import { median } from "./report";
import { madeUpTable } from "./spec-tables";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import { secretOf } from "../fixtures/secret";

const GAMMA = 0.1;
const COUNT = 100;
const REPEATS = 5;
const REPEATS_WITH_CHECKS = 3;

export interface SpeedRun {
  /**
   * Of the whole way from a matrix to weighted points: median of the repeats that follow a first
   * time. The slow ways are timed once, and are so slow that a warm-up is nothing to them.
   */
  readonly seconds: number;
  /** Of the first time, when much of the code is not yet compiled. */
  readonly secondsFirst: number;
  /** Of the processor, over all threads, in the same repeats; on a busy machine it says more. */
  readonly cpuSeconds: number;
  /** By stage, of the last repeat. */
  readonly phases: Readonly<Record<string, number>>;
  /**
   * Of describing the rows with every check and the rehearsed attack; median of repeats that follow
   * a first time. Null for ways that have no checks or are too slow for them.
   */
  readonly secondsWithChecks: number | null;
  /**
   * Most memory of the process during the first time, less what it had just before with the matrix
   * in it and garbage collected. Garbage and compiling on the way count, some megabyte whatever the
   * size; what an earlier, small table has left free may be used again.
   */
  readonly peakBytes: number;
}

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly phases: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  const [way = "wasm", rows, cols, software] = process.argv.slice(2);
  const isFast = way === "wasm" || way === "webgpu";
  const compute = way === "compat" ? null : await computeOf(way, software === "software");
  const once = compute ? reduceIn(compute) : reduceAsCompat;
  const small = madeUpTable(2000, Number(cols));
  await once(small);
  const x = madeUpTable(Number(rows), Number(cols));
  gc!();
  forgetPeak();
  const before = process.memoryUsage.rss();
  const first = await timed(() => once(x));
  const peakBytes = Math.max(0, peakRss() - before);
  const repeats: Timed[] = [];
  while (isFast && repeats.length < REPEATS) repeats.push(await timed(() => once(x)));
  const all = repeats.length > 0 ? repeats : [first];
  const run: SpeedRun = {
    seconds: median(all.map(({ seconds }) => seconds)),
    secondsFirst: first.seconds,
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    phases: all.at(-1)!.phases,
    secondsWithChecks: compute && isFast ? await describing(compute, x) : null,
    peakBytes,
  };
  console.log(JSON.stringify(run));
  compute?.dispose();
}

async function computeOf(way: string, allowSoftware: boolean): Promise<Compute> {
  if (way === "typescript") return new ReferenceCompute();
  if (way === "wasm") return WasmCompute.create();
  const { owner } = await openNodeGpu(allowSoftware);
  if (!owner) throw new Error("there is no GPU to measure");
  return new WebGpuCompute(owner);
}

async function timed(work: () => Promise<Record<string, number>>): Promise<Timed> {
  const used = process.cpuUsage();
  const start = performance.now();
  const phases = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  return { seconds, cpuSeconds: (user + system) / 1e6, phases };
}

async function reduceAsCompat(x: Matrix<Float32Array>): Promise<Record<string, number>> {
  reduceAsReference(x);
  return {};
}

function reduceIn(compute: Compute) {
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
    const job = reduceRows(compute, rows, x, { kernel: gaussianKernel(GAMMA), count: COUNT });
    for (;;) {
      const step = await job.next();
      enter(step.done ? "" : step.value.stage);
      if (step.done) break;
    }
    rows.dispose();
    return phases;
  };
}

async function describing(compute: Compute, x: Matrix<Float32Array>): Promise<number> {
  const once = async () => {
    const options = { kernel: gaussianKernel(GAMMA), secret: secretOf(1) };
    await finish(describeRows(compute, x, options));
    return {};
  };
  await once();
  const runs: Timed[] = [];
  while (runs.length < REPEATS_WITH_CHECKS) runs.push(await timed(once));
  return median(runs.map(({ seconds }) => seconds));
}

const PEAK_RESET = "/proc/self/clear_refs";

/** Look for the peak from here on. Only Linux can; elsewhere it may be one of before. */
function forgetPeak(): void {
  if (existsSync(PEAK_RESET)) writeFileSync(PEAK_RESET, "5");
}

/** In bytes. Not of `resourceUsage` where it can be helped: that begins with the parent's peak. */
function peakRss(): number {
  const status = existsSync(PEAK_RESET) ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS);
}

await main();
