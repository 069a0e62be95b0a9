import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { arffReader } from "../../../../../../../src/engine/kinds/table/read/arff/arff-reader";
import { openAnyTable } from "../../../../../../../src/engine/kinds/table/read/every-format";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

const read = (text: string) => finish(arffReader.read(sourceOf(text)));
const HEAD = "@RELATION r\n@ATTRIBUTE 'the size' REAL\n@attribute kind {a, 'b c'}\n@data\n";

describe("arffReader", () => {
  test("reads quoted names and values, comments and what is missing", async () => {
    const { profile } = await read(`% made up\n${HEAD}1.5,'b c'\n% between\n?,a\n2,"?"\n`);
    expect(profile.columns.map(({ name }) => name)).toEqual(["the size", "kind"]);
    expect(profile.preview).toEqual([
      ["1.5", "b c"],
      ["", "a"],
      ["2", "?"],
    ]);
  });

  test("reads rows that list only some cells: the others are 0, or the first of the values named", async () => {
    const { profile } = await read(`${HEAD}{0 1.5, 1 'b c'}\n{}\n{1 "b c"}, {5}\n{0 ?,1 a}\n`);
    expect(profile.preview).toEqual([
      ["1.5", "b c"],
      ["0", "a"],
      ["0", "b c"],
      ["", "a"],
    ]);
  });

  test("is found behind comments of any length", async () => {
    const comment = "% one of many, many words\n".repeat(1500);
    const open = await finish(openAnyTable(sourceOf(`${comment}${HEAD}1,a\n`), "no-ending"));
    expect(open.read.profile).toMatchObject({ format: "arff", rows: 1 });
  });

  test.each([
    ["damaged_file", "{0 1, 2 a}\n"],
    ["damaged_file", "{0 1 1 a\n"],
    ["damaged_file", "{0}\n"],
    ["damaged_file", "1\n"],
    ["damaged_file", "1,'a\n"],
    ["header_only", ""],
  ])("refuses by %s: %s", async (code, rows) => {
    await expect(read(HEAD + rows)).rejects.toMatchObject({ code });
  });
});
