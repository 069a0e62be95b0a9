import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../../../../src/engine/kinds/table/read/every-format";
import { zipFiles } from "../../../../../../../src/engine/learnware/zip/zip-files";
import { encodeXlsx } from "../../../../../../fixtures/table/sheet-files";
import { gzip, sourceOf } from "../../../../../../fixtures/table/read-text";

const open = (bytes: Uint8Array, name = "x", sheet?: string) =>
  finish(openAnyTable(sourceOf(bytes), name, sheet === undefined ? {} : { sheet }));

const MONTHS = new Map<string, string>([
  ["jan.csv", "area;price\n1,5;2\n2,5;3\n"],
  ["feb.csv", "price,area\n4,3.5\n"],
  ["prices.csv", "town,price\nUlm,2\n"],
  ["__MACOSX/._jan.csv", "x"],
]);

describe("a zip", () => {
  test("of tables with the same columns is one, which says where each row comes from", async () => {
    const { read } = await open(await zipFiles(MONTHS));
    expect(read.profile.columns.map(({ name }) => name)).toEqual(["area", "price", "source"]);
    expect(read.profile.preview).toEqual([
      ["1.5", "2", "jan.csv"],
      ["2.5", "3", "jan.csv"],
      ["3.5", "4", "feb.csv"],
    ]);
    expect(read.profile.warnings).toMatchObject([{ code: "other_sheets", sheets: ["prices.csv"] }]);
  });

  test("is read at the file that is asked for", async () => {
    const { read } = await open(await zipFiles(MONTHS), "x", "prices.csv");
    expect(read.profile.columns.map(({ name }) => name)).toEqual(["town", "price"]);
    expect(read.profile.warnings.filter(({ code }) => code === "other_sheets")).toEqual([]);
  });

  test("without a table says why its first file is none", async () => {
    const zip = await zipFiles(new Map([["a.csv", "only,names\n"]]));
    await expect(open(zip)).rejects.toMatchObject({ code: "no_table" });
  });
});

test("a workbook within gzip is read too", async () => {
  const packed = await gzip(await encodeXlsx({ n: [1, 2], word: ["a", "b"] }));
  expect((await open(packed, "a.xlsx.gz")).read.profile).toMatchObject({ format: "xlsx", rows: 2 });
});
