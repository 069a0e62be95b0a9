import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../../../../src/engine/kinds/table/read/every-format";
import { columnTexts } from "../../../../../../../src/engine/kinds/table/read/column-texts";
import type { ReadOptions } from "../../../../../../../src/engine/kinds/table/read/reader";
import { zipFiles } from "../../../../../../../src/engine/learnware/zip/zip-files";
import { madeUpTexts } from "../../../../../../fixtures/made-up-texts";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

const texts = madeUpTexts(["cooking", "football"], 30, 1).map(({ text }) => text);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const open = (bytes: Uint8Array, name: string, options: ReadOptions = {}) =>
  finish(openAnyTable(sourceOf(bytes), name, options));

async function readBack(bytes: Uint8Array, name: string, options?: ReadOptions) {
  const opened = await open(bytes, name, options);
  const names = opened.read.profile.columns.map((column) => column.name);
  return { opened, names, texts: await finish(columnTexts(opened, names.indexOf("text"))) };
}

test("texts of equally many words under one name are one column, whatever numbers they hold", async () => {
  const lines = ["dog", "cat", "cow", "hen"].map((who, i) => `the ${who} sat on mat ${10 + i}`);
  const { texts: read } = await readBack(bytesOf(["text", ...lines].join("\n")), "sat.csv");
  expect(read).toEqual(lines);
});

describe("a file with one text a line", () => {
  test.each([
    ["texts", texts],
    [
      "sentences with commas in all of them",
      texts.map((text) => `${text} Well, ${text}, so, yes.`),
    ],
    ["one text", [texts.join(" ")]],
    ["the same text again and again", Array.from({ length: 9 }, () => `${texts[0]} Well, so.`)],
    [
      "Chinese",
      [
        "今天的天气很好，我们一起去公园散步吧。",
        "这本书写得非常好，我看了两遍。",
        "他说明天要来。",
      ],
    ],
    [
      "German",
      [
        "Der Hund bellt, und niemand schläft.",
        "Wir gehen heute Abend ins Kino; kommst du mit?",
        "Es regnet.",
      ],
    ],
  ])("is not torn at marks: %s", async (_, lines) => {
    const read = await readBack(bytesOf(`${lines.join("\r\n")}\r\n\r\n`), "letters.txt");
    expect(read.opened.read.profile.format).toBe("lines");
    expect(read.texts).toEqual(lines);
  });

  test.each([
    ["numbers between blanks", "5.1 3.5 1.4\n4.9 3.0 1.4\n4.7 3.2 1.3\n"],
    [
      "cells between tabs",
      "id\tcomment of the day\n1\tit is all very good here\n2\tit is not so good today\n3\twe went home again\n",
    ],
    [
      "cells between commas",
      "town,street,what people say\nUlm,Main,good\nRom,Via,bad enough\nBonn,Allee,fine by me\n",
    ],
    ["texts in quotes", `id,text\n${texts.map((text, i) => `${i},"${text}"`).join("\n")}\n`],
    ["one word a line", "apple\npear\nplum\n"],
    ["records", texts.map((text) => JSON.stringify({ text })).join("\n")],
  ])("is not seen in a .txt file with %s", async (_, text) => {
    expect((await open(bytesOf(text), "x.txt")).read.profile.format).not.toBe("lines");
  });

  test("is what the user says, whatever it looks like, and its first line may be a name", async () => {
    const file = bytesOf("word, word\napple, pear\nplum\n");
    expect((await readBack(file, "x.csv", { delimiter: "lines" })).texts).toEqual(["word, word", "apple, pear", "plum"]); // prettier-ignore
    const named = await open(file, "x.csv", { delimiter: "lines", hasHeader: true });
    expect(named.read.profile.columns[0]!.name).toBe("word, word");
    expect(named.read.profile.rows).toBe(2);
    const cells = await open(bytesOf(texts.join("\n")), "x.txt", { delimiter: "," });
    expect(cells.read.profile.format).toBe("delimited");
  });

  test("keeps its empty lines, and is refused without any other", async () => {
    const read = await readBack(bytesOf(`${texts[0]}\n\n${texts[1]}\n`), "x.txt");
    expect(read.texts).toEqual([texts[0], "", texts[1]]);
    await expect(open(bytesOf("\n \n"), "x.txt", { delimiter: "lines" })).rejects.toMatchObject({
      code: "empty_file",
    });
  });

  test("may be in an older encoding", async () => {
    const latin = Uint8Array.from([...texts, "Ein Gruß aus München, schöne Grüße an alle Freunde dort"].join("\n"), (sign) => sign.charCodeAt(0)); // prettier-ignore
    const read = await readBack(latin, "x.txt");
    expect(read.texts.at(-1)).toContain("schöne Grüße");
    expect(read.opened.read.profile.dialect.encoding).toBe("windows-1252");
  });
});

describe("a zip of text files", () => {
  test("is a table of texts with the file and the folder of each", async () => {
    const files = new Map([
      ["mail/good/a.txt", texts[0]!],
      ["mail/bad/b.txt", `${texts[1]}\nwith a second line`],
      ["__MACOSX/mail/._a.txt", "x"],
    ]);
    const read = await readBack(await zipFiles(files), "mail.zip");
    expect(read.names).toEqual(["file", "folder", "text"]);
    expect(read.texts).toEqual([`${texts[1]}\nwith a second line`, texts[0]]);
    expect(read.opened.read.profile.preview.map((row) => row[1])).toEqual(["bad", "good"]);
  });

  test("is a table of their rows where the files are tables", async () => {
    const files = new Map([
      ["a.txt", "area,price\n1,2\n3,4\n"],
      ["b.txt", "area,price\n5,6\n"],
    ]);
    const { read } = await open(await zipFiles(files), "x.zip");
    expect(read.profile.columns.map(({ name }) => name)).toEqual(["area", "price", "source"]);
  });
});
