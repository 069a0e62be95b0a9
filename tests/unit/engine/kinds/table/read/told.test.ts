import { tableFromArrays, tableToIPC } from "apache-arrow";
import { expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../../../src/engine/kinds/table/read/every-format";
import { streamTable } from "../../../../../../src/engine/kinds/table/read/index";
import type { ReadOptions } from "../../../../../../src/engine/kinds/table/read/reader";
import { byteTools } from "../../../../../../src/runtime/byte-tools";
import { encodeXlsx } from "../../../../../fixtures/table/sheet-files";
import { sourceOf } from "../../../../../fixtures/table/read-text";

const open = async (file: string | Uint8Array, options: ReadOptions = {}, name = "t.csv") =>
  (await finish(openAnyTable(sourceOf(file), name, options))).read;

const text = "size,kind\n1,?\n\n2,x\n-999,y\n4,y\n";

test.each<[ReadOptions, string]>([
  [{ headerLine: 99, hasHeader: true }, "header 99: the file ends with line 6"],
  [{ headerLine: 3, hasHeader: true }, "header 3: this line is blank"],
  [{ firstLine: 7 }, "first-row 7: the file ends with line 6"],
  [
    { headerLine: 4, hasHeader: true, firstLine: 2 },
    "first-row 2: it is not below the names, in line 4",
  ],
  [{ rows: [9, 12] }, "rows 9-12: the table has 4 rows"],
  [{ rows: [9, null] }, "rows 9-: the table has 4 rows"],
  [{ encoding: "utf-16le" }, "encoding utf-16le: in it the file has no rows; it seems to be utf-8"],
  [{ types: { zz: "date" } }, "type zz=date: no column has this name; there are size, kind"],
  [{ sheet: "Q1" }, "sheet Q1: a delimited file has no sheets"],
])("what a file does not allow is refused: %j", async (options, message) => {
  await expect(open(text, options)).rejects.toMatchObject({ code: "choice_not_possible", message });
});

test("names far below the beginning of a long file are refused, too", async () => {
  const long = `a,b\n${"1,2\n".repeat(5000)}`;
  await expect(open(long, { headerLine: 4000, hasHeader: true })).rejects.toThrow(
    "header 4000: it is to be one of lines 1 to 1000",
  );
});

test("a table in a stream has no sheets", async () => {
  const stream = streamTable(sourceOf(text).open(), byteTools, { sheet: "Q1" });
  await expect(stream).rejects.toMatchObject({ code: "choice_not_possible" });
});

test.each<[ReadOptions, number, readonly string[]]>([
  [{}, 1, ["x", "y"]],
  [{ missing: ["-999"] }, 1, ["x", "y"]],
  [{ missing: ["x"], missingOnly: true }, 1, ["?", "y"]],
  [{ missingOnly: true }, 0, ["?", "x", "y"]],
])("with %j, what is missing is missing", async (options, missing, categories) => {
  const { profile, table } = await open(text, options);
  expect(profile.columns[1]!.missing).toBe(missing);
  expect(table.columns[1]!.categories).toEqual(categories);
  const isNumber = options.missing?.includes("-999") === true;
  expect(profile.columns[0]!.range?.[0]).toBe(isNumber ? 1 : -999);
});

test.each<[what: string, file: string | Uint8Array, name: string, code: string, message: string]>([
  [
    "an empty zip",
    Uint8Array.of(80, 75, 5, 6, ...Array.from({ length: 18 }, () => 0)),
    ...(["t.zip", "no_table", "it holds no file"] as const),
  ],
  [
    "an Arrow file that was cut off",
    tableToIPC(tableFromArrays({ a: [1, 2, 3] }), "file").slice(0, -20),
    ...(["t.feather", "damaged_file", "its end is missing"] as const),
  ],
  [
    "the beginning of an Arrow file",
    new TextEncoder().encode("ARROW1\0\0"),
    ...(["t.feather", "damaged_file", "its end is missing"] as const),
  ],
  ["JSON that was cut off", "[1,2", ...(["t.json", "damaged_file", "JSON file"] as const)],
  ["JSON of numbers alone", "[1,2]", ...(["t.json", "no_table", "list of records"] as const)],
])("%s is refused in plain words", async (_, file, name, code, message) => {
  const refused = open(file, {}, name);
  await expect(refused).rejects.toMatchObject({ code });
  await expect(refused).rejects.toThrow(message);
});

test("the order of dates is told of texts in other formats, too", async () => {
  const json = JSON.stringify([{ at: "3/4/2021" }, { at: "5/6/2021" }]);
  const { table } = await open(json, { dateOrder: "month" }, "t.json");
  expect(table.columns[0]!.numbers![0]).toBe(Date.UTC(2021, 2, 4));
});

test("a sheet that a workbook lacks is refused, with those that it has", async () => {
  const book = await encodeXlsx({ a: [1, 2], b: [3, 4] });
  const refused = open(book, { sheet: "third" }, "t.xlsx");
  await expect(refused).rejects.toThrow("sheet third: no sheet has this name; there are Sheet1");
});
