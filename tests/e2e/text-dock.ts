import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import Papa from "papaparse";

import { madeUpTexts } from "../fixtures/made-up-texts";
import { type DockProcess, startDockProcess } from "./dock-process";

const TOPICS = [["cooking", "football"], ["football", "computers"], ["cooking", "computers"]] as const; // prettier-ignore
const berth = join(import.meta.dirname, "../../src/cli/berth.js");
const run = promisify(execFile);

/**
 * A dock with three learnwares of texts that tell topics apart, and one that tells something else about such texts; on sentences
 * that are made up.
 */
export async function startTextDock(): Promise<DockProcess> {
  const folder = mkdtempSync(join(tmpdir(), "berth-text-dock-"));
  const zips: string[] = [];
  const train = async (name: string, rows: readonly object[], target: string) => {
    const [file, zip] = [join(folder, `${name}.csv`), join(folder, `${name}.zip`)];
    writeFileSync(file, Papa.unparse([...rows]));
    const of = ["--kind", "text", "--text", "text", "--target", target, "--name", name];
    await run(process.execPath, [berth, "train", file, ...of, "--out", zip]);
    zips.push(zip);
  };
  for (const [i, topics] of TOPICS.entries()) {
    await train(topics.join(" or "), madeUpTexts(topics, 240, i + 1), "topic");
  }
  const asked = madeUpTexts(["cooking", "football"], 240, 7).map(({ text }) => ({
    ...{ text, sort: text.includes("?") ? "question" : "statement" },
  }));
  await train("question or not", asked, "sort");
  const settings = { BERTH_DATA: join(folder, "data"), BERTH_STARTER: "none" };
  const env = { ...process.env, ...settings };
  await run(process.execPath, [berth, "dock", "add", ...zips], { env });
  return startDockProcess(settings);
}
