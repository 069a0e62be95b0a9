import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openLearnware, packLearnware } from "../../src/engine/learnware/package";
import { writeMadeUpCsv } from "./predict-files";
import { COLS, madeUpTrees } from "./predict-model";
import { peakBytes } from "./process-memory";
import type { Figure } from "./report";

/** The memory is to be about the same for all. */
const SIZES = [2000, 100_000, 1_000_000];
const TRAINING_ROWS = 5000;
const LOOK_EVERY_MS = 50;
const berth = join(import.meta.dirname, "../../src/cli/berth.js");

/** Seconds and peak memory of `berth predict --stream`, from a CSV file to one with predictions, by 100 trees. */
export async function benchStream(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "berth-bench-predict-"));
  try {
    const learnware = await makeLearnware(folder);
    const figures: Figure[] = [];
    for (const rows of SIZES) figures.push(...(await predictFile(folder, learnware, rows)));
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Trained as any other, with the 100 trees in place of its model. */
async function makeLearnware(folder: string): Promise<string> {
  const [table, zip] = [join(folder, "training.csv"), join(folder, "trees.zip")];
  await writeMadeUpCsv(table, TRAINING_ROWS);
  const island = ["--island-out", join(folder, "island.json")];
  const args = [table, "--target", "y", "--model", "linear", ...island, "--out", zip];
  await run(["train", ...args]);
  const learnware = await openLearnware(readFileSync(zip));
  writeFileSync(zip, await packLearnware({ ...learnware, model: await madeUpTrees() }));
  return zip;
}

async function predictFile(folder: string, learnware: string, rows: number): Promise<Figure[]> {
  const [file, out] = [join(folder, "rows.csv"), join(folder, "predictions.csv")];
  await writeMadeUpCsv(file, rows);
  const start = performance.now();
  const peak = await run(["predict", file, "--with", learnware, "--stream", "--out", out]);
  const seconds = (performance.now() - start) / 1000;
  if (statSync(out).size <= statSync(file).size) throw new Error("predictions are missing");
  const name = `stream/n${rows}-d${COLS}`;
  const figure = { suite: "predict", case: name } as const;
  return [
    { ...figure, metric: "seconds", unit: "s", value: seconds },
    { ...figure, metric: "rows_per_second", unit: "1/s", value: rows / seconds },
    ...(peak === null ? [] : [{ ...figure, metric: "peak_bytes", unit: "bytes", value: peak }]),
  ];
}

/** Run a command in a process of its own; gives the most memory that it held, null where that is not told. */
async function run(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [berth, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  let peak: number | null = null;
  const look = setInterval(() => (peak = peakBytes(child.pid!) ?? peak), LOOK_EVERY_MS);
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`berth ${args[0]!} failed: ${said.join("").slice(-500)}`);
  return peak;
}
