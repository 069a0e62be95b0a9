import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { train } from "../../../src/cli/train";
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
  const said = await saidOf("own.csv", ["--export", file("model")]);
  expect(said).toContain('about the model "Lettuces": Grows lettuce. For study, not for kitchens.');
  expect(said).toContain('caution: "Lettuces" seems to have learnt from these very rows');
  expect(readFileSync(join(file("model"), "README.md"), "utf8")).toContain(
    "- Lettuces: Grows lettuce. For study, not for",
  );
  expect(await saidOf("other.csv")).not.toContain("very rows");
}, 30_000);
