import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { PNG } from "pngjs";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { runDockCommand } from "../../../src/cli/operate/dock";
import { pack } from "../../../src/cli/pack/pack";
import { predict } from "../../../src/cli/predict";
import { train } from "../../../src/cli/train";
import { seededRandom } from "../../../src/engine/ground/random";
import { openLearnware } from "../../../src/engine/learnware/package";
import { wordModel } from "../../fixtures/foreign-models";
import { madeUpTexts } from "../../fixtures/made-up-texts";
import { patience } from "../../patience";

const folder = mkdtempSync(join(tmpdir(), "berth-pinned-"));
const at = (name: string) => join(folder, name);
const said: string[] = [];
vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
afterEach(() => {
  said.splice(0);
  process.exitCode = 0;
});

const SIDE = 32;
const COLOURS = ["red", "green", "blue"] as const;
/** One colour is the brightest somewhere. */
function draw(colour: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const png = new PNG({ width: SIDE, height: SIDE });
  const [left, top] = [Math.floor(20 * random()), Math.floor(20 * random())];
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const isIn = x >= left && x < left + 10 && y >= top && y < top + 10;
    for (let c = 0; c < 3; c++) png.data[4 * i + c] = isIn && c === colour ? 250 : 100 * random();
    png.data[4 * i + 3] = 255;
  }
  return PNG.sync.write(png);
}

function drawAll(name: string, count: number, seed: number): string {
  for (const [c, colour] of COLOURS.entries()) {
    mkdirSync(at(`${name}/${colour}`), { recursive: true });
    for (let i = 0; i < count; i++) {
      writeFileSync(at(`${name}/${colour}/${i}.png`), draw(c, seed + 100 * c + i));
    }
  }
  return at(name);
}

function texts(name: string, count: number, seed: number): string {
  writeFileSync(at(name), Papa.unparse(madeUpTexts(["cooking", "football"], count, seed)));
  return at(name);
}

/** The ONNX file of a learnware. */
async function modelOf(zip: string, out: string): Promise<string> {
  writeFileSync(at(out), (await openLearnware(readFileSync(at(zip)))).model);
  return at(out);
}

const rowsOf = (path: string) => Papa.parse<Record<string, string>>(readFileSync(at(path), "utf8"), { header: true, skipEmptyLines: true }).data; // prettier-ignore

/** The learnware alone on a dock of plain files, found and used there. */
async function predictOnDock(zip: string, data: string, kind: string): Promise<void> {
  const settings = { BERTH_DATA: at(`${zip}.data`) };
  await runDockCommand(["add", at(zip)], settings);
  await runDockCommand(["export", at(`${zip}.dock`)], settings);
  await predict([data, "--kind", kind, "--dock", at(`${zip}.dock`), "--out", at(`${zip}.csv`)]);
}

describe("a foreign model of texts", () => {
  beforeAll(async () => {
    const told = ["--kind", "text", "--text", "text", "--target", "topic"];
    await train([texts("a.csv", 240, 1), ...told, "--out", at("a.zip")]);
  }, patience(120));

  test(
    "is packed, passes the checks of a dock, is found there and used",
    async () => {
      const model = await modelOf("a.zip", "a.onnx");
      const test = texts("b.csv", 80, 2);
      const out = ["--target", "topic", "--out", at("packed.zip")];
      await pack([model, "--kind", "text", "--data", at("a.csv"), "--text-column", "text", "--test", test, ...out]); // prettier-ignore
      expect(said).toContain("a dock would take it");
      const { manifest, space } = await openLearnware(readFileSync(at("packed.zip")));
      expect(manifest).toMatchObject({
        kind: "text",
        model: { task: "classification", output: { labels: ["cooking", "football"] } },
        space: { id: "text-english" },
        metrics: [{ name: "accuracy", value: 1, rows: 80 }],
      });
      expect(space).toMatchObject({ kind: "text" });
      await predictOnDock("packed.zip", texts("c.csv", 40, 3), "text");
      const rows = rowsOf("packed.zip.csv");
      expect(rows).toHaveLength(40);
      expect(rows.every((row) => row["predicted_topic"] === row["topic"])).toBe(true);
    },
    patience(120),
  );

  test(
    "joins the space that is named, takes JSON lines, and [n, 1] texts",
    async () => {
      const rows = madeUpTexts(["cooking", "football"], 120, 4);
      const lines = rows.map(({ text, topic }, i) => JSON.stringify({ text: i < 60 ? topic : text, topic: i < 60 ? topic : "cooking" })); // prettier-ignore
      writeFileSync(at("lines.jsonl"), lines.join("\n"));
      writeFileSync(at("words.onnx"), wordModel(["cooking", "football"]));
      const told = ["--kind", "text", "--text-column", "text", "--target", "topic", "--unseen"];
      const out = ["--space", "text-any", "--out", at("words.zip")];
      await pack([at("words.onnx"), "--data", at("lines.jsonl"), ...told, ...out]);
      expect(said).toContain("scores are no probabilities: a softmax was added");
      const { manifest } = await openLearnware(readFileSync(at("words.zip")));
      expect(manifest.space.id).toBe("text-any");
      expect(manifest.metrics[0]!.value).toBe(1);
    },
    patience(120),
  );

  test("is refused where it takes numbers, or is of another kind", async () => {
    const out = ["--target", "topic", "--data", at("a.csv"), "--out", at("no.zip")];
    const scores = at("numbers.onnx");
    const { scoreModel } = await import("../../fixtures/foreign-models");
    writeFileSync(scores, scoreModel());
    const asTexts = ["--kind", "text", "--text-column", "text"];
    await expect(pack([scores, ...asTexts, ...out])).rejects.toThrow("takes one text of each row");
    await expect(pack([scores, "--pixels", "unit", ...out])).rejects.toThrow("--pixels is of the kind image"); // prettier-ignore
    await expect(pack([scores, ...asTexts, "--space", "image-photos", ...out])).rejects.toThrow("--space is text-english, text-any"); // prettier-ignore
  });
});

describe("a foreign model of pictures", () => {
  let data = "";
  beforeAll(async () => {
    data = drawAll("colours", 40, 1);
    await train([data, "--kind", "image", "--target", "folder", "--out", at("p.zip")]);
  }, patience(180));

  test(
    "is packed, found and used; how bright it takes them is found out by its answers",
    async () => {
      const model = await modelOf("p.zip", "p.onnx");
      const out = ["--target", "folder", "--out", at("pictures.zip")];
      const test = ["--test", drawAll("others", 10, 1000)];
      await pack([model, "--kind", "image", "--data", data, ...test, ...out]);
      expect(said.join("\n")).toContain('as bright as "bytes" has it');
      const { manifest } = await openLearnware(readFileSync(at("pictures.zip")));
      expect(manifest).toMatchObject({
        kind: "image",
        model: {
          input: { type: "image", channels: 3, height: SIDE, width: SIDE, range: [0, 255] },
          output: { labels: ["blue", "green", "red"] },
        },
      });
      expect(manifest.metrics[0]!.value).toBeGreaterThan(0.8);
      await predictOnDock("pictures.zip", at("others"), "image");
      const rows = rowsOf("pictures.zip.csv");
      const right = rows.filter((row) => row["predicted_folder"] === row["file"]!.split("/")[0]);
      expect(right.length).toBeGreaterThan(24);
    },
    patience(180),
  );

  const pooled = "/work/shared/data/onnx/op_globalmaxpool.onnx";
  test.skipIf(!existsSync(pooled))(
    "of one picture [1, 3, 5, 5] tells the brightest colour of any number of them",
    async () => {
      const out = ["--target", "folder", "--labels", COLOURS.join(","), "--out", at("pool.zip")];
      const told = ["--kind", "image", "--data", data, "--pixels", "unit", "--unseen"];
      await pack([pooled, ...told, "--space", "image-photos", ...out]);
      const { manifest } = await openLearnware(readFileSync(at("pool.zip")));
      expect(manifest.model.input).toMatchObject({ type: "image", height: 5, width: 5, range: [0, 1] }); // prettier-ignore
      expect(manifest.metrics[0]!.value).toBeGreaterThan(0.9);
      expect(said).toContain("a dock would take it");
    },
    patience(120),
  );
});
