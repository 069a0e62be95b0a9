import { describe, expect, test } from "vitest";

import { concatenate } from "../../../../../../../src/engine/ground/bytes";
import { finish } from "../../../../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../../../../src/engine/kinds/table/read/every-format";
import { zipFiles } from "../../../../../../../src/engine/learnware/zip/zip-files";
import { directoryRecords } from "../../../../../../../src/engine/learnware/zip/zip-records";
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

  test("of more files than are read at once says how many that are", async () => {
    const nothing = { method: 0, crc: 0, packedBytes: 0, bytes: 0, at: 0 };
    const many = Array.from({ length: 20_001 }, (_, i) => ({ ...nothing, path: `${i}.txt` }));
    const zip = concatenate([Uint8Array.from([80, 75, 3, 4]), directoryRecords(many, 4)]);
    const refused = { code: "too_many_files", details: { most: 10_000 } };
    await expect(open(zip)).rejects.toMatchObject(refused);
  });
});

test("a workbook within gzip is read too", async () => {
  const packed = await gzip(await encodeXlsx({ n: [1, 2], word: ["a", "b"] }));
  expect((await open(packed, "a.xlsx.gz")).read.profile).toMatchObject({ format: "xlsx", rows: 2 });
});
