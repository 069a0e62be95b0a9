import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { runDockCommand } from "../../../src/cli/operate/dock";
import { predict } from "../../../src/cli/predict";
import { spec } from "../../../src/cli/spec";
import { train } from "../../../src/cli/train";
import { TEXT_SPACES } from "../../../src/engine/kinds/text/spaces";
import { decodeStat } from "../../../src/engine/specification/files/codec";
import { openLearnware } from "../../../src/engine/learnware/package";
import { madeUpTexts } from "../../fixtures/made-up-texts";

const folder = mkdtempSync(join(tmpdir(), "berth-texts-"));
const at = (name: string) => join(folder, name);
const said: string[] = [];
vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
afterEach(() => said.splice(0));

const wide = ["--kind", "text", "--text", "text", "--target", "topic"] as const;
const exported = at("exported");

beforeAll(async () => {
  const pairs = [["cooking", "football"], ["football", "computers"], ["cooking", "computers"]] as const; // prettier-ignore
  for (const [i, topics] of pairs.entries()) {
    writeFileSync(at(`l${i}.csv`), Papa.unparse(madeUpTexts(topics, 240, i + 1)));
    await train([at(`l${i}.csv`), ...wide, "--out", at(`l${i}.zip`)]);
  }
  const settings = { BERTH_DATA: at("data") };
  await runDockCommand(["add", at("l0.zip"), at("l1.zip"), at("l2.zip")], settings);
  await runDockCommand(["export", exported], settings);
}, 120_000);

function rowsOf(path: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(readFileSync(path, "utf8"), { header: true, skipEmptyLines: true }).data; // prettier-ignore
}

describe("a learnware of texts", () => {
  test("takes words, and lies in a space that everybody has, as weights on its points", async () => {
    const { manifest, stat, space } = await openLearnware(
      new Uint8Array(readFileSync(at("l0.zip"))),
    );
    expect(manifest).toMatchObject({
      kind: "text",
      model: {
        input: { type: "text", form: "strings" },
        output: { labels: ["cooking", "football"] },
      },
      space: { id: "text-english", version: 1 },
    });
    expect(manifest.metrics[0]).toMatchObject({ name: "accuracy", value: 1 });
    expect(space).toMatchObject({ basis: "english", kind: "text" });
    // Nothing but the model holds a word of the texts.
    expect(stat + JSON.stringify(space)).not.toMatch(/onion|keyboard|brother/);
  });

  test("is found for texts of a user, and put together with others of other classes", async () => {
    const user = madeUpTexts(["cooking", "computers"], 60, 9);
    writeFileSync(at("user.csv"), Papa.unparse(user.map(({ text }) => ({ text }))));
    await predict([at("user.csv"), "--kind", "text", "--dock", exported, "--out", at("out.csv")]);
    const rows = rowsOf(at("out.csv"));
    expect(rows.map((row) => row["text"])).toEqual(user.map(({ text }) => text));
    const right = rows.filter((row, i) => row["predicted_topic"] === user[i]!.topic).length;
    expect(right).toBeGreaterThan(57);
    expect(Object.keys(rows[0]!)).toContain("probability_football");
  });

  test("predicts a folder of files and a file of lines as well, and an empty text too", async () => {
    const user = madeUpTexts(["football"], 40, 10);
    mkdirSync(at("letters"));
    user.forEach(({ text }, i) =>
      writeFileSync(at(`letters/${String(i).padStart(2, "0")}.txt`), text),
    );
    await predict([at("letters"), "--dock", exported, "--out", at("files.csv")]);
    expect(said).toContain("read as texts: --kind text");
    const files = rowsOf(at("files.csv"));
    expect(files.map((row) => [row["file"], row["predicted_topic"]])).toEqual(
      user.map((_, i) => [`${String(i).padStart(2, "0")}.txt`, "football"]),
    );
    writeFileSync(at("lines.txt"), [...user.map(({ text }) => text), "", "the end"].join("\n"));
    await predict([
      at("lines.txt"),
      "--kind",
      "text",
      "--dock",
      exported,
      "--out",
      at("lines.csv"),
    ]);
    const lines = rowsOf(at("lines.csv"));
    expect(lines).toHaveLength(42);
    expect(lines.every((row) => row["predicted_topic"] !== "")).toBe(true);
    expect(said).toContain("texts that hold no known word, not described: 1");
  });

  test("is told by weights on the public points of a space, as a search would send them", async () => {
    await spec([at("l1.csv"), "--kind", "text", "--text", "text", "--out", at("stat.json")]);
    const stat = readFileSync(at("stat.json"), "utf8");
    expect(decodeStat(stat).extras).toMatchObject({
      ...{ space: "text-english", spaceVersion: 1, book: TEXT_SPACES.english.book.sha256 },
    });
    expect(stat).not.toMatch(/onion|keyboard|brother/);
  });

  test("is not found for texts in another language", async () => {
    const german =
      "Der Hund des Nachbarn bellt die ganze Nacht, und niemand kann schlafen, obwohl alle müde sind.";
    writeFileSync(
      at("german.txt"),
      Array.from({ length: 30 }, (_, i) => `${german} ${i}`).join("\n"),
    );
    await expect(
      predict([at("german.txt"), "--kind", "text", "--dock", exported, "--out", at("g.csv")]),
    ).rejects.toThrow("the dock has no learnwares for such texts");
  });

  test("is refused where it cannot be made", async () => {
    writeFileSync(at("two.csv"), "a,b,c\nlong words here,some others there,x\n");
    await expect(train([at("two.csv"), ...wide])).rejects.toThrow('no column "text"');
    await expect(
      train([at("l0.csv"), "--kind", "text", "--text", "text", "--target", "text"]),
    ).rejects.toThrow('"text" is what is read');
    await expect(train([at("l0.csv"), "--kind", "sound", "--target", "topic"])).rejects.toThrow(
      "--kind is table, image, text",
    );
  });
});
