import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import type { Verdict } from "../../../src/workflows/find/verdict";

const folder = mkdtempSync(join(tmpdir(), "berth-few-"));
const file = (name: string) => join(folder, name);
const ROWS = 60;

interface Done {
  readonly out: string | null;
  readonly verdict: Verdict;
  readonly fit?: { readonly similarity: number; readonly coverage: number };
}

/** People as a ship's list has them: two of the nine things that a census asks. */
function passengers(): string {
  const random = seededRandom(1);
  const lines = Array.from({ length: ROWS }, () => {
    const age = Math.max(1, 30 + 14 * normal(random)).toFixed(0);
    return `${random() < 0.64 ? "Male" : "Female"},${age},${random() < 0.4 ? "yes" : "no"}`;
  });
  return ["sex,age,survived", ...lines].join("\n");
}

/** What shops sell in a week: three of the thirteen things that are known of a month's turnover. */
function stores(): string {
  const random = seededRandom(2);
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const level = 30 * Math.exp(0.6 * normal(random));
    return `${1 + (i % 12)},${level.toFixed(2)},${(level * (0.8 + 0.4 * random())).toFixed(2)}`;
  });
  return ["month,lag_1,lag_13", ...lines].join("\n");
}

async function run(args: readonly string[]) {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await predict([...args, "--dock", "public/starter", "--out", file("out.csv"), "--json"]);
  const done = JSON.parse(log.mock.calls.flat().join("\n")) as Done;
  return { done, said: error.mock.calls.flat().join("\n") };
}

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(file("out.csv"), { force: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["passengers by a census", passengers, "census-income", 2, 9],
  ["store sales by retail turnover", stores, "retail-turnover", 3, 13],
] as const)("%s", (_, table, island, found, total) => {
  test("are not called alike for the few columns that they share, and nothing is advised", async () => {
    writeFileSync(file("mine.csv"), table());
    const { done, said } = await run([file("mine.csv"), "--island", island]);
    expect(process.exitCode).toBe(1);
    expect(done.verdict).toMatchObject({ code: "nothing_fits", compared: { found, total } });
    const { nearest } = done.verdict as Extract<Verdict, { readonly nearest: object | null }>;
    expect(nearest!.similarity).toBeLessThanOrEqual(found / total);
    expect(nearest!.coverage).toBeLessThanOrEqual(found / total);
    expect(said).toContain(`only ${found} of ${total} columns`);
    expect(existsSync(file("out.csv"))).toBe(false);
  });
});

test("who insists gets predictions, and a caution with every row", async () => {
  writeFileSync(file("mine.csv"), passengers());
  const { done, said } = await run([file("mine.csv"), "--island", "census-income", "--anyway"]);
  expect(done.fit!.similarity).toBeLessThanOrEqual(2 / 9);
  const caution = "not recommended: only 2 of 9 columns could be compared";
  expect(said).toContain(`caution: ${caution}`);
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file("out.csv"), "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  expect(data.map((row) => row["caution"])).toEqual(Array.from({ length: ROWS }, () => caution));
});
