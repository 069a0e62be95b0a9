import { execFileSync } from "node:child_process";
import { join } from "node:path";

import type { Figure } from "./report";
import type { SpeedRun } from "./spec-speed-case";

const file = join(import.meta.dirname, "spec-speed-case.ts");

const CASES = [
  { way: "wasm", rows: 10_000, cols: 20 },
  { way: "wasm", rows: 100_000, cols: 4 },
  { way: "wasm", rows: 100_000, cols: 20 },
  { way: "wasm", rows: 100_000, cols: 100 },
  { way: "wasm", rows: 1_000_000, cols: 20 },
  { way: "typescript", rows: 10_000, cols: 20 },
  { way: "typescript", rows: 100_000, cols: 20 },
] as const;
/** Larger tables would keep the Python package's way busy for minutes. */
const MOST_BASELINE_NUMBERS = 2_000_000;

/** Seconds from matrix to reduced set of 100 points, and the memory it takes, for several sizes. */
export function benchSpeed(): Figure[] {
  console.log("no webgpu rows: Node has no GPU; tests/browser measures it where there is one");
  const baselines = new Map<string, SpeedRun>();
  return CASES.flatMap(({ way, rows, cols }) => {
    const size = `n${rows}-d${cols}`;
    if (rows * cols <= MOST_BASELINE_NUMBERS && !baselines.has(size)) {
      baselines.set(size, runCase("compat", rows, cols));
    }
    const baseline = baselines.get(size);
    const { seconds, cpuSeconds, phases, peakBytes } = runCase(way, rows, cols);
    const figure = (metric: string, unit: string, value: number, other?: number): Figure => ({
      suite: "spec",
      case: `speed/${way}/${size}`,
      metric,
      unit,
      value,
      ...(other !== undefined && { baseline: other }),
    });
    return [
      figure("seconds", "s", seconds, baseline?.seconds),
      figure("cpu_seconds", "s", cpuSeconds, baseline?.cpuSeconds),
      ...Object.entries(phases).map(([stage, value]) => figure(`seconds_${stage}`, "s", value)),
      figure("peak_bytes", "B", peakBytes, baseline?.peakBytes),
    ];
  });
}

function runCase(way: string, rows: number, cols: number): SpeedRun {
  const output = execFileSync(
    process.execPath,
    [...process.execArgv, file, way, String(rows), String(cols)],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(output) as SpeedRun;
}
