import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { pack } from "../../../src/cli/pack/pack";
import { predict } from "../../../src/cli/predict";
import { readPackage } from "../../../src/dock/intake/package-checks";
import { checkRuns } from "../../../src/dock/intake/model-check";
import { ModelRunner } from "../../../src/dock/intake/model-runner";
import { openLearnware } from "../../../src/engine/learnware/package";
import { seededRandom } from "../../../src/engine/ground/random";
import { rentModel, scoreModel, twoNumbers } from "../../fixtures/foreign-models";

const folder = mkdtempSync(join(tmpdir(), "berth-pack-"));
const at = (name: string) => join(folder, name);
const csv = (name: string, lines: readonly (readonly (string | number)[])[]) => {
  writeFileSync(at(name), lines.map((line) => line.join(",")).join("\n"));
  return at(name);
};
const model = (name: string, bytes: Uint8Array) => {
  writeFileSync(at(name), bytes);
  return at(name);
};
const said = () => vi.mocked(console.log).mock.calls.map(([line]) => String(line)).join("\n"); // prettier-ignore

const random = seededRandom(3);
const flats = Array.from({ length: 160 }, (_, i) => {
  const size = Math.round(300 + 900 * random()) / 10;
  const side = ["north", "south", ""][Math.floor(2.2 * random())]!;
  const rooms = 1 + Math.floor(4 * random());
  const extra = { north: 0, south: 10, "": 100 }[side]!;
  return [`F${i}`, size, side, rooms, (2 * size + extra + rooms).toFixed(1)];
});
const table = csv("flats.csv", [["id", "size", "side", "rooms", "rent"], ...flats]);
const points = Array.from({ length: 160 }, () => {
  const [a, b] = [Math.round(random() * 100) / 10, Math.round(random() * 100) / 10];
  return [a, b, a > b ? "left" : "right"];
});
const sides = csv("sides.csv", [["a", "b", "side"], ...points]);

beforeAll(() => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterAll(() => vi.restoreAllMocks());

describe("berth pack", () => {
  test("a model of named inputs founds an island, and predicts what the model says", async () => {
    const out = at("rent.zip");
    const rent = model("rent.onnx", rentModel());
    const island = ["--island-name", "Flats of Léon", "--island-out", at("flats.json")];
    await pack([rent, "--data", table, "--target", "rent", "--unseen", ...island, "--out", out]);
    const { manifest, space } = await openLearnware(readFileSync(out));
    expect(space).toMatchObject({ id: "flats-of-leon", name: "Flats of Léon" });
    expect(manifest.model).toMatchObject({ task: "regression", target: "rent" });
    expect(manifest.metrics).toMatchObject([{ name: "rmse", rows: 160 }]);
    expect(manifest.metrics[0]!.value).toBeLessThan(0.001);
    await predict([table, "--with", out, "--out", at("rent.csv")]);
    const [head, ...lines] = readFileSync(at("rent.csv"), "utf8").trim().split("\n").map((line) => line.split(",")); // prettier-ignore
    const [rentAt, predictedAt] = ["rent", "predicted_rent"].map((name) => head!.indexOf(name));
    for (const cells of lines) {
      expect(Number(cells[predictedAt!])).toBeCloseTo(Number(cells[rentAt!]), 2);
    }
  }, 60_000);

  test("another joins that island, and the dock's checks pass it", async () => {
    const out = at("joined.zip");
    const more = ["--island", at("flats.json"), "--out", out];
    await pack([at("rent.onnx"), "--data", table, "--target", "rent", ...more]);
    const zip = new Uint8Array(readFileSync(out));
    const read = await readPackage(zip);
    expect(read.manifest.metrics).toEqual([]);
    const runner = new ModelRunner();
    try {
      await checkRuns(runner, zip, read, read.carried!);
    } finally {
      await runner.close();
    }
  }, 60_000);

  test("scores become probabilities, and what is measured on other rows is published", async () => {
    const held = csv("held.csv", [["b", "a", "side"], ...points.slice(0, 40).map(([a, b, side]) => [b!, a!, side!])]); // prettier-ignore
    const onnx = model("scores.onnx", scoreModel());
    const out = at("scores.zip");
    vi.mocked(console.log).mockClear();
    const more = ["--test", held, "--island-out", at("s.json"), "--out", out];
    await pack([onnx, "--data", sides, "--target", "side", ...more]);
    expect(said()).toContain("in the order left, right");
    expect(said()).toContain("a softmax was added");
    const { manifest } = await openLearnware(readFileSync(out));
    expect(manifest.model.output).toMatchObject({ type: "scores", labels: ["left", "right"] });
    expect(manifest.metrics).toMatchObject([{ name: "accuracy", value: 1, rows: 40 }]);
    const wrong = ["--labels", "right,left", "--island-out", at("s.json"), "--out", out];
    await pack([onnx, "--data", sides, "--target", "side", ...wrong]);
    expect(said()).toContain("accuracy 0 ");
    expect(vi.mocked(console.error).mock.calls.at(-1)).toMatchObject([
      expect.stringContaining("worse than the trivial answer"),
    ]);
  }, 60_000);

  test("what cannot be told is refused with the option that tells it", async () => {
    const two = model("two.onnx", twoNumbers());
    const out = ["--island-out", at("t.json"), "--out", at("t.zip")];
    const columns = ["--names", "a,b"];
    await expect(pack([two, "--data", table, "--target", "side", ...out])).rejects.toThrow("has 3 columns for that: size, rooms, rent"); // prettier-ignore
    await expect(pack([two, "--data", sides, "--target", "a", "--names", "b", ...out])).rejects.toThrow("takes \"x\" (2 numbers)"); // prettier-ignore
    const regression = csv("sum.csv", [["a", "b", "sum"], ...points.map(([a, b]) => [a!, b!, Number(a) + Number(b)])]); // prettier-ignore
    const args = [two, "--data", regression, "--target", "sum", ...columns, ...out];
    await expect(pack(args)).rejects.toThrow("--pick 0 to 1");
    await expect(pack([...args, "--fix", "y=1"])).rejects.toThrow("of the inputs x");
    await pack([...args, "--pick", "1"]);
    expect((await openLearnware(readFileSync(at("t.zip")))).manifest.model.task).toBe("regression");
  }, 60_000);
});
