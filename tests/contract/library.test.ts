/** @file The library as it is published: packed, put into an empty project, and every example of docs/library.md run there. */

import { execFile, execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test } from "vitest";

import { staticPaths } from "../../src/contracts/static/static-dock";
import { usualLimits } from "../../src/dock/http/dock-limits";
import { type RunningDock, startDock } from "../../src/dock/serve/start-dock";
import { rentModel } from "../fixtures/foreign-models";
import { starterFolder } from "../fixtures/read-starter";

const root = join(import.meta.dirname, "../..");
const project = mkdtempSync(join(tmpdir(), "berth-library-"));
const installed = join(project, "node_modules/berth");
const run = promisify(execFile);
const silent = { info: () => undefined, error: () => undefined };
let dock: RunningDock;

/** By their headings. */
const examples = new Map(
  readFileSync(join(root, "docs/library.md"), "utf8")
    .split(/^## /m)
    .flatMap((section): [string, string][] => {
      const code = /^```js\n([\s\S]*?)^```$/m.exec(section)?.[1];
      return code === undefined ? [] : [[section.slice(0, section.indexOf("\n")), code]];
    }),
);

beforeAll(async () => {
  execFileSync("node", ["src/library/build.js"], { cwd: root });
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", project];
  execFileSync("npm", pack, { cwd: root });
  const { version } = manifestOf(root);
  mkdirSync(installed, { recursive: true });
  const tarball = join(project, `berth-${version}.tgz`);
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  // What `npm install` would bring: what is named as a dependency, and nothing else.
  for (const name of Object.keys(manifestOf(installed).dependencies)) {
    const place = join(project, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, "node_modules", name), place);
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  cpSync(join(root, "public/samples/wine-quality.csv"), join(project, "wine.csv"));
  const dataDirectory = join(project, "data");
  dock = await startDock({
    ...{ port: 0, host: "127.0.0.1", dataDirectory, sockets: 100, verifiers: 1 },
    limits: { ...usualLimits, requestsPerMinute: 0 },
    starterDirectory: wineAlone(),
    ...{ docks: [], pages: [], registration: "invite", log: silent },
  });
}, 180_000);
afterAll(() => dock.close());

test("a table gets predictions from a dock that runs", async () => {
  const said = await runExample("Predictions for a table");
  expect(said).toMatch(/^\d+ bytes leave: \{"/);
  const [head, ...rows] = readFileSync(join(project, "predicted.csv"), "utf8").trim().split("\n");
  expect(head).toContain(",predicted_quality");
  const qualities = rows.map((row) => Number(row.split(",")[11]));
  expect(qualities.every((quality) => quality > 2 && quality < 10)).toBe(true);
}, 120_000);

test("what would leave is made without sending it", async () => {
  expect(await runExample("What leaves, without sending it")).toMatch(/^\d+ bytes; rehearsed/);
}, 60_000);

test("a learnware comes out of a dock, and is checked as it checks", async () => {
  const said = await runExample("A learnware out of a dock, checked");
  expect(said).toMatch(/ [0-9a-f]{64} true \[/);
  expect(said).not.toContain("refused");
}, 60_000);

test("a learnware is made of a model from elsewhere, and would be taken", async () => {
  const rows = (from: number) =>
    Array.from({ length: 400 }, (_, i) => {
      const [size, rooms, side] = [(i * 37) % 101 + from / 10, i % 5, i % 3 ? "south" : "north"]; // prettier-ignore
      return `${size},${rooms},${side},${2 * size + rooms + (side === "north" ? 0 : 10)}`;
    }).join("\n");
  writeFileSync(join(project, "model.onnx"), rentModel());
  writeFileSync(join(project, "train.csv"), `size,rooms,side,y\n${rows(0)}\n`);
  writeFileSync(join(project, "test.csv"), `size,rooms,side,y\n${rows(5)}\n`);
  const said = await runExample("A learnware of your own model");
  expect(said).toMatch(/true$/);
  expect(said).toMatch(/name: 'rmse',\s+value: 0,/);
}, 120_000);

test("its types are found as Node finds them", async () => {
  const code = examples.get("Predictions for a table")!.replace("openDock(", "openDock<string>(");
  const wrong = join(project, "wrong.mts");
  writeFileSync(wrong, code);
  const tsc = join(root, "node_modules/typescript-7/bin/tsc");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022"];
  const modules = ["--module", "nodenext", "--types", "node", "--typeRoots", join(root, "node_modules/@types")]; // prettier-ignore
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...modules, wrong], {
    ...{ cwd: project, encoding: "utf8" },
  });
  const errors = stdout.split("\n").filter((line) => line.includes("error"));
  // The one mistake that was made, and no other.
  expect(errors).toEqual([expect.stringContaining("TS2558")]);
}, 60_000);

/** The starter, but for its other islands. */
function wineAlone(): string {
  const folder = join(project, "starter");
  mkdirSync(folder);
  for (const name of readdirSync(starterFolder)) {
    if (name === staticPaths.index) continue;
    symlinkSync(join(starterFolder, name), join(folder, name));
  }
  const path = join(starterFolder, staticPaths.index);
  const index = JSON.parse(readFileSync(path, "utf8")) as { islands: { id: string }[] };
  const islands = index.islands.filter(({ id }) => id === "wine-quality");
  writeFileSync(join(folder, staticPaths.index), JSON.stringify({ ...index, islands }));
  return folder;
}

/** @returns What it prints. */
async function runExample(heading: string): Promise<string> {
  const file = join(project, "example.mjs");
  writeFileSync(file, examples.get(heading)!.replaceAll("http://localhost:8000", dock.url));
  const { stdout } = await run(process.execPath, [file], { cwd: project });
  return stdout.trim();
}

function manifestOf(folder: string) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    dependencies: Record<string, string>;
  };
}
