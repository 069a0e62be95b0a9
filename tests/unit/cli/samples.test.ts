import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { posts, sentences } from "../../../src/cli/starter/samples/written";

const samples = join(import.meta.dirname, "../../../public/samples");
const starter = join(samples, "../starter");
const folder = mkdtempSync(join(tmpdir(), "berth-samples-"));
vi.spyOn(console, "log").mockImplementation(() => undefined);
vi.spyOn(console, "error").mockImplementation(() => undefined);

type Row = Readonly<Record<string, string>>;

const drawn = (row: Row) => /drawn-(.+)-\d/.exec(row["file"]!)![1]!;
/** By what a text of ours is of, in the order of the file. */
const inTurn = (topics: readonly string[]) => (_: Row, i: number) => topics[i % topics.length]!;
const FIELDS: Readonly<Record<string, string>> = {
  "space": "science",
  "hockey": "leisure",
  "baseball": "leisure",
  "cars": "leisure",
  "motorcycles": "leisure",
  "medicine": "science",
  "encryption": "science",
  "electronics": "science",
  "computer graphics": "computers",
  "Windows": "computers",
  "PC hardware": "computers",
  "Mac hardware": "computers",
  "for sale": "for sale",
  "Christianity": "debate",
  "guns": "debate",
}; // prettier-ignore
const NEWSGROUPS: Readonly<Record<string, string>> = {
  "space": "sci.space",
  "hockey": "rec.sport.hockey",
  "baseball": "rec.sport.baseball",
  "cars": "rec.autos",
  "motorcycles": "rec.motorcycles",
  "medicine": "sci.med",
  "encryption": "sci.crypt",
  "electronics": "sci.electronics",
  "computer graphics": "comp.graphics",
  "Windows": "comp.os.ms-windows.misc",
  "PC hardware": "comp.sys.ibm.pc.hardware",
  "Mac hardware": "comp.sys.mac.hardware",
  "for sale": "misc.forsale",
  "Christianity": "soc.religion.christian",
  "guns": "talk.politics.guns",
}; // prettier-ignore

test.each([
  [
    "posts.csv",
    "field",
    25,
    inTurn(Object.keys(posts).map((topic) => FIELDS[topic]!)),
    ["--text", "text"],
  ],
  [
    "posts.csv",
    "newsgroup",
    29,
    inTurn(Object.keys(posts).map((topic) => NEWSGROUPS[topic]!)),
    ["--text", "text"],
  ],
  ["sentences.csv", "language", 25, inTurn(Object.keys(sentences)), ["--text", "text"]],
  // Drawn clothes are not near to photographs of some, which is said.
  ["pictures-clothes.zip", "garment", 18, drawn, ["--anyway"]],
  ["pictures-digits.zip", "digit", 105, drawn, []],
] as const)(
  "of the sample %s, most are told right by the starter's learnwares of their %s",
  async (file, target, least, truth, options) => {
    const out = join(folder, `${target}.csv`);
    await predict([
      join(samples, file),
      ...options,
      "--dock",
      starter,
      "--target",
      target,
      "--out",
      out,
    ]);
    const { data } = Papa.parse<Row>(readFileSync(out, "utf8"), {
      header: true,
      skipEmptyLines: true,
    });
    const right = data.filter((row, i) => row[`predicted_${target}`] === truth(row, i));
    expect(right.length).toBeGreaterThanOrEqual(least);
  },
);
