import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { train } from "../../../src/cli/train";
import { canonical } from "../../../src/engine/kinds/text/embed/canonical";
import { inspectOnnx } from "../../../src/engine/learnware/onnx/onnx-inspect";
import { openModel } from "../../../src/runtime/models/ort-session";
import { madeUpTexts } from "../../fixtures/made-up-texts";
import { patience } from "../../patience";

const folder = mkdtempSync(join(tmpdir(), "berth-export-texts-"));
const at = (name: string) => join(folder, name);
vi.spyOn(console, "log").mockImplementation(() => undefined);
vi.spyOn(console, "error").mockImplementation(() => undefined);
afterAll(() => rmSync(folder, { recursive: true }));

const user = madeUpTexts(["cooking", "football", "computers"], 60, 5);
const topics = { first: ["cooking", "football"], second: ["football", "computers"] } as const;

beforeAll(async () => {
  writeFileSync(at("mine.csv"), Papa.unparse(user.map(({ text }) => ({ text }))));
  for (const [seed, [name, some]] of Object.entries(topics).entries()) {
    writeFileSync(at(`${name}.csv`), Papa.unparse(madeUpTexts(some, 240, seed + 1)));
    await train([at(`${name}.csv`), "--kind", "text", "--text", "text", "--target", "topic", "--out", at(`${name}.zip`)]); // prettier-ignore
  }
}, patience(90));

function predictWith(names: readonly string[], way: readonly string[], out: string) {
  const zips = names.flatMap((name) => ["--with", at(`${name}.zip`)]);
  return predict([at("mine.csv"), "--kind", "text", "--text", "text", ...zips, ...way, "--out", at("out.csv"), "--export", at(out)]); // prettier-ignore
}

test.each([
  ["one", ["first"], []],
  ["several averaged", ["first", "second"], ["--way", "average"]],
  ["several that vote", ["first", "second"], ["--way", "vote"]],
] as const)("%s: the one model file says of strings what was predicted", async (_, names, way) => {
  await predictWith(names, way, names.join("-") + way.join(""));
  const into = at(names.join("-") + way.join(""));
  expect(readdirSync(into).sort()).toEqual(["README.md", "labels.json", "model.onnx"]);
  expect(readFileSync(join(into, "README.md"), "utf8")).toContain("topic from first.csv");
  const { target, labels } = JSON.parse(readFileSync(join(into, "labels.json"), "utf8")) as {
    readonly target: string;
    readonly labels: readonly string[];
  };
  expect(target).toBe("topic");
  const model = await openModel(inspectOnnx(readFileSync(join(into, "model.onnx"))).bytes);
  const texts = user.map(({ text }) => canonical(text));
  const said = await model.predict([{ name: "text", dims: [texts.length], data: texts }]);
  const { data } = Papa.parse<Record<string, string>>(readFileSync(at("out.csv"), "utf8"), {
    ...{ header: true, skipEmptyLines: true },
  });
  // Both round to single precision.
  data.forEach((row, i) =>
    labels.forEach((label, k) => {
      const there = Number(row[`probability_${label}`]);
      expect(Math.abs(said.data[i * labels.length + k]! - there)).toBeLessThan(1e-4);
    }),
  );
  await model.dispose();
}, patience(60)); // prettier-ignore

test("a way that weighs each text by what it means is refused, with others named", async () => {
  await expect(
    predictWith(["first", "second"], ["--way", "weigh_by_row"], "none"),
  ).rejects.toMatchObject({
    code: "not_exportable",
    message: expect.stringMatching(/average, vote or prune/) as string,
  });
}, patience(60)); // prettier-ignore
