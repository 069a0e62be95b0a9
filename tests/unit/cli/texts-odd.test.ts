import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { spec } from "../../../src/cli/spec";
import { train } from "../../../src/cli/train";
import { TEXT_SPACES } from "../../../src/engine/kinds/text/spaces";
import { madeUpTexts } from "../../fixtures/made-up-texts";

const folder = mkdtempSync(join(tmpdir(), "berth-odd-texts-"));
const at = (name: string) => join(folder, name);
const said: string[] = [];
vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
afterEach(() => said.splice(0));

const user = madeUpTexts(["cooking", "football"], 240, 1);
const ofTexts = ["--kind", "text", "--text", "text"] as const;
const trained = (...args: string[]) => train([...args, "--out", at("x.zip")]);
const predicted = (...args: string[]) => predict([...args, "--out", at("x.csv")]);

function written(name: string, rows: readonly object[]): string {
  writeFileSync(at(name), Papa.unparse([...rows]));
  return at(name);
}

beforeAll(async () => {
  written("good.csv", user);
  await train([at("good.csv"), ...ofTexts, "--target", "topic", "--out", at("good.zip")]);
  said.splice(0);
}, 60_000);

describe("texts that are odd", () => {
  test.each([
    ["utf-16 with a mark", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["a mark of UTF-8", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["line ends of old", (text: string) => Buffer.from(text.replaceAll("\n", "\r"))],
    ["empty lines at the end", (text: string) => Buffer.from(`${text}\n\n \n\n`)],
  ])("in lines with %s are read as they were meant", async (_, encode) => {
    const lines = user.slice(0, 30).map(({ text }) => text);
    writeFileSync(at("lines.txt"), encode(lines.join("\n")));
    await predicted(at("lines.txt"), "--kind", "text", "--with", at("good.zip"));
    const { data } = Papa.parse<Record<string, string>>(readFileSync(at("x.csv"), "utf8"), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data.map((row) => row["text"])).toEqual(lines);
    expect(said.join("\n")).not.toMatch(/separator|decoded/);
  });

  test("in a folder are those of files: links to nowhere and folders are left out, binaries named", async () => {
    for (const name of ["mail/a", "mail/b", "mail/a/folder.txt"]) {
      mkdirSync(at(name), { recursive: true });
    }
    user.forEach(({ text }, i) => writeFileSync(at(`mail/${"ab"[i % 2]}/${i}.txt`), text));
    symlinkSync("nowhere", at("mail/b/gone.txt"));
    await trained(at("mail"), "--kind", "text", "--target", "folder");
    expect(said).toContain("left out, being no files: 2");
    writeFileSync(
      at("mail/a/photo.txt"),
      Uint8Array.from({ length: 4000 }, (_, i) => i % 23),
    );
    await expect(trained(at("mail"), "--kind", "text", "--target", "folder")).rejects.toThrow(
      /photo\.txt is no text but looks like binary data/,
    );
  });

  test("are refused with what to do where they cannot be told apart", async () => {
    const numbers = written("n.csv", user.map(({ text }, i) => ({ text, score: i / 7 }))); // prettier-ignore
    await expect(trained(numbers, ...ofTexts, "--target", "score")).rejects.toThrow(
      '"score" holds numbers',
    );
    const strange = written("s.csv", user.map(({ topic }, i) => ({ text: `q${i}x${i * i}`, topic }))); // prettier-ignore
    await expect(trained(strange, ...ofTexts, "--target", "topic")).rejects.toThrow(
      "no word stands in more than one text",
    );
    writeFileSync(at("none.txt"), "\n\n");
    await expect(
      predicted(at("none.txt"), "--kind", "text", "--with", at("good.zip")),
    ).rejects.toThrow("there is no text in");
    writeFileSync(at("far.txt"), Array(30).fill("这个电影很好看").join("\n"));
    await expect(
      predicted(at("far.txt"), "--kind", "text", "--with", at("good.zip")),
    ).rejects.toThrow('no text holds a word that "English texts" knows');
  });

  test("leave out what is empty, and say so, and that the model holds their words", async () => {
    const some = written("e.csv", user.map(({ text, topic }, i) => ({ text, topic: i % 4 ? topic : "NA" }))); // prettier-ignore
    await trained(some, ...ofTexts, "--target", "topic", "--missing=NA");
    expect(said).toContain('texts left out because "topic" is empty: 60');
    expect(said.join("\n")).toMatch(/the model holds \d+ words of the texts, which whoever gets/);
  });

  test("are not taken for a table, nor a table for texts", async () => {
    const table = written(
      "t.csv",
      Array.from({ length: 60 }, (_, i) => ({
        a: i % 7,
        b: (i * i) % 11,
        y: (i % 7) + ((i * i) % 11) / 2,
      })),
    );
    await train([table, "--target", "y", "--out", at("t.zip"), "--island-out", at("i.json")]);
    await expect(predicted(at("good.csv"), ...ofTexts, "--with", at("t.zip"))).rejects.toThrow(
      'is of the kind "table": leave out --kind text',
    );
    await expect(predicted(table, "--with", at("good.zip"))).rejects.toThrow(
      'is of the kind "text": say --kind text',
    );
  });

  test("are no island of tables", async () => {
    writeFileSync(at("space.json"), JSON.stringify(TEXT_SPACES.english));
    await expect(spec([at("good.csv"), "--island", at("space.json")])).rejects.toThrow(
      'is a space of the kind "text", which needs no file',
    );
  });

  test.each([
    [["--kind", "table", "--text", "text"], "--text goes with --kind text"],
    [[...ofTexts, "--own"], "--own learns from tables"],
    [[...ofTexts, "--stream"], "--stream is of tables"],
    [[...ofTexts, "--answers", "text"], '"text" is what is read'],
  ])("refuse what says nothing of them: %j", async (options, message) => {
    await expect(predicted(at("good.csv"), ...options, "--with", at("good.zip"))).rejects.toThrow(
      message,
    );
  });

  test.each([
    [["--features", "a"], "--features is of tables"],
    [["--task", "regression"], "leave out --task and --model"],
    [["--seed", "one"], "--seed is a whole number"],
  ])("are not trained on with %j", async (options, message) => {
    await expect(
      trained(at("good.csv"), ...ofTexts, "--target", "topic", ...options),
    ).rejects.toThrow(message);
  });
});
