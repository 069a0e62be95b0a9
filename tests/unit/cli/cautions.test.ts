import { tableSpace } from "../../../src/engine/kinds/space";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { train } from "../../../src/cli/train";
import { readTableFile } from "../../../src/cli/read-table-file";
import { finish } from "../../../src/engine/ground/finish";
import { encodeRows } from "../../../src/engine/kinds/table/space/encode";
import { openLearnware, packLearnware } from "../../../src/engine/learnware/package";
import { decodeStat, encodeStat } from "../../../src/engine/specification/files/codec";
import { ReferenceCompute } from "../../../src/engine/specification/kernel/reference-compute";
import { reduceRows } from "../../../src/engine/specification/reduce/reduce";
import { normal, seededRandom } from "../../../src/engine/ground/random";

const folder = mkdtempSync(join(tmpdir(), "berth-cautions-"));
const file = (name: string) => join(folder, name);
const description = "Grows lettuce. For study,\nnot for kitchens.";

function lettuces(seed: number): string {
  const random = seededRandom(seed);
  const lines = Array.from({ length: 300 }, () => {
    const [light, water] = [normal(random), normal(random)];
    return `${light},${water},${2 * light + water + 0.1 * normal(random)}`;
  });
  return ["light,water,heads", ...lines].join("\n");
}

/** What the terminal is told, and not the file. */
async function saidOf(table: string, more: readonly string[] = []): Promise<string> {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  error.mockClear();
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  await predict([file(table), "--with", file("own.zip"), "--out", file("out.csv"), ...more]);
  return error.mock.calls.flat().join("\n");
}

/** Describe all rows, as no coins of ours would: that weights agree with each of them tells who learnt from them. */
async function describeWhole(): Promise<void> {
  const { stat, space: carried, ...parts } = await openLearnware(readFileSync(file("own.zip")));
  const { table } = await readTableFile(file("own.csv"));
  const space = tableSpace(carried!);
  const matches = space.features.map(({ name }) => ({
    feature: name,
    column: table.columns.findIndex((column) => column.name === name),
  }));
  const x = encodeRows(table, space, matches, { scaled: true });
  const compute = new ReferenceCompute();
  const rkme = await finish(
    reduceRows(compute, await compute.load(x), x, { kernel: space.kernel, count: 30 }),
  );
  const { extras } = decodeStat(stat);
  const whole = { ...parts, space: space, stat: encodeStat(rkme, extras!) };
  writeFileSync(file("own.zip"), await packLearnware(whole));
}

afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

test("the terminal says what a model says of itself, and whether it learnt from the very table", async () => {
  writeFileSync(file("own.csv"), lettuces(1));
  writeFileSync(file("other.csv"), lettuces(2));
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  const about = ["--name", "Lettuces", "--description", description, "--features", "light,water"];
  await train([
    file("own.csv"),
    "--target",
    "heads",
    ...about,
    "--island-out",
    file("island.json"),
    "--out",
    file("own.zip"),
  ]);
  await describeWhole();
  const said = await saidOf("own.csv", ["--export", file("model")]);
  expect(said).toContain('about the model "Lettuces": Grows lettuce. For study, not for kitchens.');
  expect(said).toContain('caution: "Lettuces" seems to have learnt from these very rows');
  expect(readFileSync(join(file("model"), "README.md"), "utf8")).toContain(
    "- Lettuces: Grows lettuce. For study, not for",
  );
  expect(await saidOf("other.csv")).not.toContain("very rows");
}, 30_000);
