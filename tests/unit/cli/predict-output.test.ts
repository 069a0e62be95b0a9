import { spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { train } from "../../../src/cli/train";
import { openLearnware, packLearnware } from "../../../src/engine/learnware/package";
import { rootModel } from "../../fixtures/hostile-models";
import { normal, seededRandom } from "../../../src/engine/ground/random";

const folder = mkdtempSync(join(tmpdir(), "berth-output-"));
const path = (name: string) => join(folder, name);
const zip = path("flats.zip");
const table = path("mine.csv");

function flats(rows: number, seed: number): string {
  const random = seededRandom(seed);
  const lines = Array.from({ length: rows }, () => {
    const size = 60 + 8 * normal(random);
    return `${size.toFixed(2)},${Math.round(random() * 4)},${(200 + 10 * size).toFixed(2)}`;
  });
  return ["size,rooms,rent", ...lines].join("\n") + "\n";
}

const warned: string[] = [];
const content = flats(40, 2);

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation((line: string) => void warned.push(line));
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  writeFileSync(path("flats.csv"), flats(200, 1));
  const options = ["--target", "rent", "--features", "size,rooms", "--model", "linear"];
  const island = ["--island-out", path("flats.island.json")];
  await train([path("flats.csv"), ...options, ...island, "--out", zip]);
}, 60_000);

beforeEach(() => {
  warned.length = 0;
  writeFileSync(table, content);
});

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (out: string, ...more: string[]) =>
  predict([table, "--with", zip, "--out", out, ...more]);

/** The user's cells in the first three columns, and predictions beside them. */
function expectPredicted(file: string): void {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const own = lines.map((line) => line.split(",").slice(0, 3).join(","));
  expect(own).toEqual(content.trimEnd().split("\n"));
  expect(lines[0]).toContain("predicted_rent");
}

describe("berth predict --out", () => {
  test.each([[], ["--stream"]])("onto the file that is read keeps its rows %s", async (...more) => {
    await run(table, ...more);
    expectPredicted(table);
  });

  test("onto the file that is read, by a link to it, keeps its rows", async () => {
    symlinkSync(table, path("soft.csv"));
    linkSync(table, path("hard.csv"));
    await run(path("hard.csv"));
    expect(readFileSync(table, "utf8")).toBe(content);
    expectPredicted(path("hard.csv"));
    await run(path("soft.csv"), "--stream");
    expectPredicted(table);
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("leaves what was there as it was when predictions fail, and its mode when they do not", async () => {
    const out = path("kept.csv");
    writeFileSync(out, "precious");
    chmodSync(out, 0o640);
    await expect(run(out, "--way", "magic")).rejects.toThrow("--way is one of");
    expect(readFileSync(out, "utf8")).toBe("precious");
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
    await run(out);
    expectPredicted(out);
    expect(statSync(out).mode & 0o777).toBe(0o640);
  });

  test("leaves a write-protected file as it was", async () => {
    const kept = path("protected.csv");
    writeFileSync(kept, "mine", { mode: 0o444 });
    await expect(run(kept)).rejects.toMatchObject({ code: "EACCES" });
    expect(readFileSync(kept, "utf8")).toBe("mine");
  });

  test("says on standard error what the page warns of", async () => {
    const { manifest, semantic, stat, space, model } = await openLearnware(readFileSync(zip));
    const broken = path("broken.zip");
    const parts = { manifest, semantic, stat, ...(space && { space }) };
    writeFileSync(broken, await packLearnware({ ...parts, model: model.subarray(0, 99) }));
    writeFileSync(table, `${content}6000,1\n7000,2\n`);
    await run(path("warned.csv"), "--with", broken);
    const said = warned.join("\n");
    expect(said).toContain("2 rows had more or fewer cells than the header");
    expect(said).toMatch(/\d of 42 rows are far from the outline/);
    expect(said).toContain('values look different from the island\'s in "size" as size');
    expect(said).toContain("left out: broken.zip: its model cannot be run on these rows");
  });
});

test("counts the rows for which there is no usable number, and leaves their cells empty", async () => {
  const { manifest, semantic, stat, space } = await openLearnware(readFileSync(zip));
  const rooted = path("rooted.zip");
  const model = { ...manifest.model, input: { ...manifest.model.input, name: "X" } };
  const parts = { semantic, stat, ...(space && { space }), model: rootModel() };
  writeFileSync(rooted, await packLearnware({ ...parts, manifest: { ...manifest, model } }));
  writeFileSync(table, `${content}-5,1,900\n-6,2,900\n`);
  const out = path("rooted.csv");
  await predict([table, "--with", rooted, "--out", out]);
  expect(warned.join("\n")).toContain("no usable number for 2 of 42 rows: their cells are empty");
  const cells = readFileSync(out, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[3]);
  expect(cells.map((cell) => cell === "")).toEqual([
    ...new Array<boolean>(40).fill(false),
    true,
    true,
  ]);
});

describe("berth predict, as a program", () => {
  mkdirSync(path("directory"), { recursive: true });
  const berth = join(import.meta.dirname, "../../../src/cli/berth.js");
  const command = `"${process.execPath}" "${berth}" predict "${table}" --with "${zip}"`;
  const shell = (line: string) => spawnSync("bash", ["-c", line], { encoding: "utf8" });

  test.each([
    [`${command} --out /dev/full`, "no space is left"],
    [`${command} --out "${path("no/such.csv")}"`, "there is no folder"],
    [`${command} --out "${path("directory")}"`, "directory"],
    // The reader takes nothing and goes away.
    [`set -o pipefail; ${command} --out - | true`, "standard output was closed"],
  ])(
    "ends with a line and a code: %s",
    (line, words) => {
      const { status, stderr } = shell(line);
      const last = stderr.trimEnd().split("\n").at(-1)!;
      expect(last).toMatch(/^berth predict: /);
      expect(last).toContain(words);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(status).toBe(1);
    },
    30_000,
  );
});
