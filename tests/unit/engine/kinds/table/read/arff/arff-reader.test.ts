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

  test("is found behind comments of any length", async () => {
    const comment = "% one of many, many words\n".repeat(1500);
    const open = await finish(openAnyTable(sourceOf(`${comment}${HEAD}1,a\n`), "no-ending"));
    expect(open.read.profile).toMatchObject({ format: "arff", rows: 1 });
  });

  test.each([
    ["unsupported_format", "{0 1, 1 a}\n"],
    ["damaged_file", "1\n"],
    ["damaged_file", "1,'a\n"],
    ["header_only", ""],
  ])("refuses by %s: %s", async (code, rows) => {
    await expect(read(HEAD + rows)).rejects.toMatchObject({ code });
  });
});
