import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { type Figure, median } from "./report";
import type { GpuKind } from "./spec-gpu";
import type { SpeedRun } from "./spec-speed-case";

const file = join(import.meta.dirname, "spec-speed-case.ts");

const CASES = [
  { way: "wasm", rows: 10_000, cols: 20 },
  { way: "wasm", rows: 100_000, cols: 4 },
  { way: "wasm", rows: 100_000, cols: 20 },
  { way: "wasm", rows: 100_000, cols: 100 },
  { way: "wasm", rows: 1_000_000, cols: 20 },
  { way: "webgpu", rows: 10_000, cols: 20 },
  { way: "webgpu", rows: 100_000, cols: 20 },
  { way: "webgpu", rows: 1_000_000, cols: 20 },
  { way: "typescript", rows: 10_000, cols: 20 },
  { way: "typescript", rows: 100_000, cols: 20 },
] as const;
/** Larger tables would keep the Python package's way busy for minutes. */
const MOST_BASELINE_NUMBERS = 2_000_000;
/** Processes that each of the fast cases runs in. */
const PROCESSES = 3;

/**
 * Seconds from matrix to reduced set of 100 points, and the memory it takes, for several sizes. Of
 * several processes the quickest, as other work on the machine only ever slows one down; but the
 * memory is their median.
 */
export function benchSpeed(gpu: GpuKind): Figure[] {
  if (gpu === "software") {
    runCase("webgpu", 500, 20, "software");
    console.log("webgpu: rows were reduced and described on the software adapter");
  }
  const baselines = new Map<string, SpeedRun>();
  return CASES.filter(({ way }) => way !== "webgpu" || gpu === "hardware").flatMap(
    ({ way, rows, cols }) => {
      const size = `n${rows}-d${cols}`;
      if (rows * cols <= MOST_BASELINE_NUMBERS && !baselines.has(size)) {
        baselines.set(size, runCase("compat", rows, cols));
      }
      const run = way === "typescript" ? runCase(way, rows, cols) : bestRun(way, rows, cols);
      return figuresOf(`speed/${way}/${size}`, run, baselines.get(size), 4 * rows * cols);
    },
  );
}

function figuresOf(
  name: string,
  run: SpeedRun,
  baseline: SpeedRun | undefined,
  matrixBytes: number,
): Figure[] {
  const figure = (metric: string, unit: string, value: number, other?: number): Figure => ({
    suite: "spec",
    case: name,
    metric,
    unit,
    value,
    ...(other !== undefined && { baseline: other }),
  });
  const perMatrix = baseline && baseline.peakBytes / matrixBytes;
  return [
    figure("seconds", "s", run.seconds, baseline?.seconds),
    figure("seconds_first", "s", run.secondsFirst, baseline?.secondsFirst),
    figure("cpu_seconds", "s", run.cpuSeconds, baseline?.cpuSeconds),
    ...Object.entries(run.phases).map(([stage, value]) => figure(`seconds_${stage}`, "s", value)),
    ...(run.secondsWithChecks === null
      ? []
      : [figure("seconds_with_checks", "s", run.secondsWithChecks)]),
    figure("peak_bytes", "B", run.peakBytes, baseline?.peakBytes),
    figure("peak_per_matrix", "ratio", run.peakBytes / matrixBytes, perMatrix),
  ];
}

function bestRun(way: string, rows: number, cols: number): SpeedRun {
  const runs = Array.from({ length: PROCESSES }, () => runCase(way, rows, cols));
  const quickest = runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
  return { ...quickest, peakBytes: median(runs.map(({ peakBytes }) => peakBytes)) };
}

function runCase(way: string, rows: number, cols: number, gpu: GpuKind = "hardware"): SpeedRun {
  const output = execFileSync(
    process.execPath,
    [...process.execArgv, "--expose-gc", file, way, String(rows), String(cols), gpu],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(output) as SpeedRun;
}
