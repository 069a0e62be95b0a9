import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { compare } from "../../../src/cli/compare";
import {
  decodeSpecification,
  encodeSpecification,
  fieldsOf,
} from "../../../src/reference/spec-files";
import type { ImageSpecification } from "../../../src/reference/image-specification";
import { readGolden, readGoldenText } from "../../fixtures/golden/read-golden";

interface GoldenSet {
  readonly z: number[][][][];
  readonly beta: number[];
}

interface Pair {
  readonly channels: number;
  readonly a: GoldenSet;
  readonly b: GoldenSet;
  readonly a_dist_b: number;
}

const folder = mkdtempSync(join(tmpdir(), "berth-compare-"));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function told(...args: string[]): Promise<string> {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await compare(args);
  const lines = said.mock.calls.map(([line]) => String(line));
  said.mockRestore();
  return lines.join("\n");
}

function image({ z, beta }: GoldenSet, channels: number): string {
  const specification: ImageSpecification = {
    type: "RKMEImageSpecification",
    points: { data: Float64Array.from(z.flat(3)), rows: z.length, cols: channels * 1024 },
    sampleShape: [channels, 32, 32],
    weights: Float64Array.from(beta),
    modelCount: 16,
    model: { k: 2, mu: 0, sigma: null, netWidth: 128, netDepth: 3 },
  };
  return encodeSpecification(fieldsOf(specification));
}

test("specifications of pictures are as far from each other as in the package, and stay as they are", async () => {
  const { pairs } = readGolden("image_nngp") as { readonly pairs: readonly Pair[] };
  for (const { a, b, channels, a_dist_b } of pairs) {
    const texts = [image(a, channels), image(b, channels)];
    const paths = texts.map((text, i) => written(`${channels}-${i}.json`, text));
    const { pairs: found } = JSON.parse(await told(...paths, "--json")) as {
      pairs: { distance: number }[];
    };
    // The package computes in single precision.
    expect(Math.abs(found[0]!.distance - a_dist_b)).toBeLessThan(1e-6);
    expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(texts);
  }
});

test("specifications of texts are compared among themselves alone, and it is said what they cannot do", async () => {
  const text = readGoldenText("files/stat_text.json");
  const { specification, fields } = decodeSpecification(text);
  const halved = new Map(fields).set(
    "beta",
    Array.from(specification.weights, (one) => one / 2),
  );
  const said = await told(
    written("text.json", text),
    written("half.json", encodeSpecification(halved)),
    written("table.json", readGoldenText("files/stat_table_iris.json")),
  );
  const self = (
    JSON.parse(readGoldenText("files_facts.json")) as {
      files: Record<string, { self_inner_prod: number }>;
    }
  ).files["stat_text.json"]!.self_inner_prod;
  // ⟨a, a⟩ − 2 ⟨a, a⟩ / 2 + ⟨a, a⟩ / 4.
  const distance = Number(/to \S+half\.json: (\S+)/.exec(said)![1]);
  expect(Math.abs(distance - self / 4)).toBeLessThan(1e-12);
  expect(said).toContain("8 points of 384 numbers, of 30 rows, in en");
  expect(said).toContain("which nothing compares: 2");
  expect(said).toMatch(
    /RKMETextSpecification: .*MiniLM.* no texts of yours can be described in it/,
  );
});

test("what is no specification is named", async () => {
  const good = written("good.json", readGoldenText("files/stat_text.json"));
  await expect(compare([good, written("bad.json", "[1]")])).rejects.toThrow(
    /bad\.json: the specification is not/,
  );
  await expect(compare([good])).rejects.toThrow(/berth compare FILE FILE/);
});
