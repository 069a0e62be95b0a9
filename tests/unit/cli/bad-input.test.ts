/** @file What the command line says of bad texts and pictures: a code, a sentence, an exit status, in a bounded time. */

import { execFile } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";

import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { spec } from "../../../src/cli/spec";
import { train } from "../../../src/cli/train";
import { EngineError } from "../../../src/engine/ground/errors";
import { directoryRecords } from "../../../src/engine/learnware/zip/zip-records";
import { madeUpTexts } from "../../fixtures/made-up-texts";
import { badPictures } from "../../fixtures/pictures/bad-pictures";
import { drawnShape, SHAPES } from "../../fixtures/pictures/shapes";
import { patience } from "../../patience";

const folder = mkdtempSync(join(tmpdir(), "berth-bad-input-"));
const at = (name: string) => join(folder, name);
const said: string[] = [];
vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
afterEach(() => said.splice(0));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), bytes);
}

/** A list of so many files, which is all that is looked at of a zip. */
function listOf(ending: string): Buffer {
  const entry = { method: 0, crc: 0, packedBytes: 0, bytes: 0, at: 0 };
  const many = Array.from({ length: 100_000 }, (_, i) => ({ ...entry, path: `${i}.${ending}` }));
  return Buffer.concat([Buffer.from("PK\x03\x04"), directoryRecords(many, 4)]);
}

/** Of a size that it says: 300 MB of pixels come of 300 kB in place of them. */
function bomb(png: Buffer): Buffer {
  const packed = deflateSync(Buffer.alloc(300_000_000), { level: 1 });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(packed.length);
  const data = [length, Buffer.from("IDAT"), packed, Buffer.alloc(4)];
  return Buffer.concat([png.subarray(0, 33), ...data, png.subarray(-12)]);
}

type Kind = "image" | "text";
const trained = (kind: Kind) => at(`good-${kind}.zip`);

beforeAll(async () => {
  const png = drawnShape("disc", 1);
  const bad = badPictures(png, png, png);
  put("0-byte/a.png", "");
  put("truncated/a.png", png.subarray(0, png.length >> 1));
  put("huge/a.png", bad["too long a side"]![1]);
  put("bomb/a.png", bomb(png));
  put("svg/a.svg", bad["a drawing that can run scripts"]![1]);
  put("pdf/photo.png", bad["a document"]![1]);
  put("letters/a.docx", "x");
  put("alone.png", png);
  put("alone-pdf.png", bad["a document"]![1]);
  for (let i = 0; i < 5; i++) {
    put(`five/${i % 2 === 0 ? "even" : "odd"}/${i}.png`, drawnShape("disc", i));
  }
  for (let i = 0; i < 12; i++) put(`flat/${i}.png`, Buffer.from(flat));
  put("many-pictures.zip", listOf("png"));
  put("many-texts.zip", listOf("txt"));
  put("0-byte.txt", "");
  put("0-byte.csv", "");
  put("empty/a.txt", " \n");
  put("truncated.csv.gz", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3));
  put("pdf.txt", bad["a document"]![1]);
  put("picture.txt", png);
  const same = "the same words of cats and dogs again";
  put("equal.txt", Array(300).fill(same).join("\n"));
  const rows = Array.from({ length: 300 }, (_, i) => `${same},${i % 2 ? "cat" : "dog"}`);
  put("equal.csv", ["note,topic", ...rows].join("\n"));
  put(
    "five.csv",
    "note,topic\na cat sat,cat\na dog ran,dog\na cat ate,cat\na dog sat,dog\ncats,cat\n",
  );

  SHAPES.forEach((shape) => {
    for (let i = 0; i < 20; i++) put(`drawn/${shape}/${i}.png`, drawnShape(shape, 100 + i));
  });
  put(
    "texts.csv",
    ["note,topic", ...madeUpTexts(["cooking", "football"], 240, 1).map(({ text, topic }) => `"${text}",${topic}`)].join("\n"), // prettier-ignore
  );
  await train([at("drawn"), "--kind", "image", "--target", "folder", "--out", trained("image")]);
  await train([at("texts.csv"), "--kind", "text", "--text", "note", "--target", "topic", "--out", trained("text")]); // prettier-ignore
  said.splice(0);
}, patience(120));

/** Of one colour. */
const flat = (() => {
  const png = new PNG({ width: 16, height: 16 });
  png.data.fill(200);
  return PNG.sync.write(png);
})();

type Command = "spec" | "train" | "predict";

function run(command: Command, kind: Kind, name: string): Promise<void> {
  const column = name.endsWith(".csv") ? ["--text", "note"] : [];
  const all = [at(name), "--kind", kind, ...column];
  if (command === "spec") return spec([...all, "--out", at("x.json")]);
  if (command === "predict")
    return predict([...all, "--with", trained(kind), "--out", at("x.csv")]);
  const target = name.endsWith(".csv") ? "topic" : "folder";
  return train([...all, "--target", target, "--out", at("x.zip")]);
}

const ALL = ["spec", "train", "predict"] as const;
/** Where nothing is to be described, there is nothing wrong with it. */
const DESCRIBED = ["spec", "train"] as const;

type Case = readonly [
  name: string,
  kind: Kind,
  commands: readonly Command[],
  code: EngineError["code"],
  sentence: RegExp,
];

const cases: readonly Case[] = [
  ["0-byte", "image", ALL, "no_pictures", /no picture in .*a\.png \(empty\); give a folder/],
  ["truncated", "image", ALL, "no_pictures", /a\.png \(a damaged PNG, or cut off\)/],
  ["huge", "image", ALL, "no_pictures", /a\.png \(too large: 30000 × 30000\)/],
  ["bomb", "image", ALL, "no_pictures", /a\.png \(a damaged PNG, or cut off\)/],
  ["svg", "image", ALL, "no_pictures", /a\.svg \(no picture that is read: SVG/],
  ["pdf", "image", ALL, "no_pictures", /photo\.png \(no picture that is read: PDF/],
  ["alone-pdf.png", "image", ALL, "no_pictures", /alone-pdf\.png \(no picture that is read: PDF/],
  ["letters", "image", ALL, "no_pictures", /a\.docx \(no picture\)/],
  ["alone.png", "image", ["spec"], "preflight_failed", /too few pictures .* summary of 1 would/],
  ["alone.png", "image", ["train"], "bad_parameter", /put what is alike into one folder/],
  ["five", "image", DESCRIBED, "preflight_failed", /too few pictures say anything/],
  ["flat", "image", ["spec"], "preflight_failed", /all of the pictures are of one colour/],
  ["many-pictures.zip", "image", ALL, "too_many_files", /100000 .*: take a part of it/],
  ["many-texts.zip", "text", ALL, "too_many_files", /more than 10000 files/],
  ["0-byte.txt", "text", ALL, "empty_file", /file is empty/],
  ["0-byte.csv", "text", ALL, "empty_file", /file is empty/],
  ["empty", "text", ALL, "empty_file", /every \.txt file in .* is empty/],
  ["letters", "text", ALL, "bad_parameter", /no \.txt file in/],
  ["truncated.csv.gz", "text", ALL, "bad_compression", /damaged or was cut off/],
  ["pdf.txt", "text", ALL, "binary_file", /looks like: PDF document/],
  ["picture.txt", "text", ALL, "binary_file", /looks like: PNG picture/],
  ["equal.txt", "text", ["spec"], "preflight_failed", /these 300 texts are the same, or nearly/],
  ["equal.txt", "text", ["train"], "bad_parameter", /put what is alike into one folder/],
  ["equal.csv", "text", DESCRIBED, "preflight_failed", /texts are the same, or nearly/],
  ["five.csv", "text", ["spec"], "preflight_failed", /too few texts .* summary of 5 would/],
];

const each = cases.flatMap(([name, kind, commands, code, sentence]) =>
  commands.map((command) => ({ command, name, kind, code, sentence })),
);

describe("bad input is told in a sentence", () => {
  test.each(each)("$command --kind $kind $name: $code", async ({ command, ...one }) => {
    const error = await run(command, one.kind, one.name).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    // What `berth` ends with 1 for; anything else is a bug, with a stack.
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: one.code });
    expect((error as EngineError).message).toMatch(one.sentence);
  }, patience(15)); // prettier-ignore

  test.each([
    ["alone.png", "image", 1],
    ["five", "image", 5],
    ["equal.txt", "text", 300],
    ["five.csv", "text", 5],
  ] as const)("few or equal ones are predicted all the same: %s", async (name, kind, count) => {
    await run("predict", kind, name);
    expect(readFileSync(at("x.csv"), "utf8").trim().split("\n")).toHaveLength(count + 1);
  }, patience(15)); // prettier-ignore

  test("ends with status 1 and one line, also where the kind is found out", async () => {
    const berth = (...args: string[]) =>
      new Promise<{ code: unknown; stderr: string }>((done) => {
        const program = join(import.meta.dirname, "../../../src/cli/berth.js");
        execFile(process.execPath, [program, ...args], (error, _, stderr) =>
          done({ code: error?.code ?? 0, stderr }),
        );
      });
    const [many, one, none] = await Promise.all([
      berth("spec", at("many-pictures.zip")),
      berth("train", at("alone-pdf.png"), "--target", "folder"),
      berth("predict", at("equal.txt"), "--kind", "text", "--dock", at("nowhere")),
    ]);
    expect([many.code, one.code]).toEqual([1, 1]);
    expect(many.stderr).toMatch(/^berth spec: the zip has 100000 .*\n$/);
    expect(one.stderr).toContain("PDF");
    expect(none.code).toBe(1);
    for (const { stderr } of [many, one, none]) expect(stderr).not.toMatch(/^\s+at /m);
  }, patience(60)); // prettier-ignore
});

describe("a text of 40 MB", () => {
  const words = `${madeUpTexts(["cooking", "football"], 500, 3).map(({ text }) => text).join(" ")} `; // prettier-ignore

  beforeAll(() => {
    mkdirSync(at("big"));
    for (const name of ["big.txt", "big/one.txt"]) {
      const file = openSync(at(name), "w");
      for (let bytes = 0; bytes < 40e6; bytes += words.length) writeSync(file, words);
      closeSync(file);
    }
    put("big/two.txt", words);
  }, patience(60)); // prettier-ignore

  test.each(["big.txt", "big"])("is one text among others: %s", async (name) => {
    const error = await run("spec", "text", name).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "preflight_failed" });
    expect((error as EngineError).message).toMatch(/too few texts/);
    await run("predict", "text", name);
    expect(said.join("\n")).toContain("Predicted by");
  }, patience(60)); // prettier-ignore
});
