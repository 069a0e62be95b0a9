import { expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import type { ReadOptions } from "../../../../../../../src/engine/kinds/table/read/reader";
import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { writeCsv } from "../../../../../../../src/engine/kinds/table/read/delimited/write-csv";
import { sourceOfBytes } from "../../../../../../../src/engine/kinds/table/read/source";
import { byteTools } from "../../../../../../../src/runtime/byte-tools";

async function look(file: string | Uint8Array, options: ReadOptions = {}) {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const { profile, table } = await finish(readTable(sourceOfBytes(bytes, byteTools), options));
  return {
    rows: profile.rows,
    names: profile.columns.map(({ name }) => name),
    types: profile.columns.map(({ type }) => type),
    repairs: Object.fromEntries(profile.repairs.map(({ code, lines }) => [code, lines])),
    warnings: profile.warnings.map(({ code, text }) =>
      text === undefined ? code : `${code} ${text}`,
    ),
    ...{ profile, table },
  };
}

const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
const numbers = rows(9, (i) => `${i + 0.5},${10 - i},${i % 3}`);

test.each([
  ["a note of two cells", "Source,World tables\n\nsize,weight,kind\n", 3],
  ["notes that are comments", "# garden B, measured, 2024\n# by hand\nsize,weight,kind\n", 3],
  ["notes with as many cells as the table", "Station:,Kiel,\nBy:,Bob,\n\nsize,weight,kind\n", 4],
  ["names in a comment", "#TYPE:,ALL\n# size,weight,kind\n", 2],
  ["blank records", ",,\n,,\n,Spend July,\nsize,weight,kind\n", 4],
])("names are found below %s", async (_, top, headerLine) => {
  const { names, profile } = await look(top + numbers);
  expect(names).toEqual(["size", "weight", "kind"]);
  expect(profile).toMatchObject({ rows: 9, dialect: { headerLine } });
});

test("units and the like below the names are no rows", async () => {
  const logger = 'TOA5,Field7,CR1000\n"time","temp","rain"\n"TS","Deg C","mm"\n"","Avg","Tot"\n';
  const read = await look(logger + rows(9, (i) => `2024-05-0${i + 1} 00:00,${i + 1.5},${i}`));
  expect(read).toMatchObject({
    rows: 9,
    names: ["time", "temp", "rain"],
    types: ["date", "number", "integer"],
  });
  expect(read.repairs).toEqual({ notes_above: [1], units_row: [3, 4] });
});

test("names in two rows are joined, those over several columns with each of them", async () => {
  const { names, repairs } = await look(
    `control,,fire,\nX,Y,X,Y\n${rows(9, (i) => `${i},${i + 0.1},${i},${-i}`)}`,
  );
  expect(names).toEqual(["control X", "control Y", "fire X", "fire Y"]);
  expect(repairs).toEqual({ names_in_two_rows: [1] });
});

test("a header one name short leaves the first column without one", async () => {
  const { names, repairs } = await look(
    `"age";"size"\n${rows(9, (i) => `"r${i}";${20 + i};${i * 5}`)}`,
  );
  expect(names).toEqual(["column 1", "age", "size"]);
  expect(repairs).toEqual({ first_name_missing: [1] });
});

test("notes below and blank records are left out, totals are said", async () => {
  const end = "Total,45,\n,,\n\nNote: by hand,,\n*** END OF FILE ***\n";
  const read = await look(`id,size,weight\n${rows(9, (i) => `p${i},${i},${i * 2.5}`)}${end}`);
  expect(read.rows).toBe(10);
  expect(read.repairs).toEqual({ blank_rows: [12], notes_below: [14, 15], totals: [11] });
});

test("a table that goes on under the same names goes on, another one below ends it", async () => {
  const again = await look(`a,b\n1,2\n3,4\n,\nPart two,\n,\na,b\n5,6\n`);
  expect(again).toMatchObject({ rows: 3, repairs: { names_again: [7], notes_above: [5] } });
  const other = await look(`a,b,c\n${rows(9, (i) => `${i},2,3`)}a,b,c,d\n7,8,9,9\n`);
  expect(other).toMatchObject({ rows: 9, repairs: { second_table: [11] } });
});

test("names below a title are names, although other tables below have some of the same", async () => {
  const who = (i: number) => `Minister ${i % 3},Office ${i},Body ${i},Talk ${i},`;
  const other = ",,,,\nTravel,,,,\nMinister,Date,Place,Why,How\nMinister 1,Nil return,,,\n";
  const read = await look(`Meetings,,,,\nMinister,Date,Body,Purpose,\n${rows(9, who)}${other}`);
  expect(read.names).toEqual(["Minister", "Date", "Body", "Purpose", "column 5"]);
  expect(read.rows).toBe(11);
  expect(read.repairs).toEqual({ notes_above: [1, 13], blank_rows: [12], other_names: [14] });
});

test("marks that stand twice between others stand for one, unless some stand alone", async () => {
  const twice = await look(`a,b\n'5"" pipe','x'\n'7"" pipe','y'\n'it''s','z'\n`);
  expect(twice.table.columns[0]!.categories).toEqual(['5" pipe', '7" pipe', "it's"]);
  const once = await look(`a,b\n'5"" pipe','x'\n'7" pipe','y'\n'9"" pipe','z'\n`);
  expect(once.table.columns[0]!.categories).toEqual(['5"" pipe', '7" pipe', '9"" pipe']);
});

test("controls of another encoding are the marks they stand for, which is said, and is not written", async () => {
  const text = "name,text (\x9c)\nAnn\x92s,\x9c24\nc\x9cur,\x9c5\n\x93Bob\x94,\n";
  const source = sourceOfBytes(new TextEncoder().encode(text), byteTools);
  const { file, profile, table } = await finish(readTable(source));
  expect(profile.columns.map(({ name }) => name)).toEqual(["name", "text ()"]);
  expect(table.columns[0]!.categories).toEqual(["Ann’s", "cœur", "“Bob”"]);
  expect([...table.columns[1]!.numbers!]).toEqual([24, 5, NaN]);
  expect(profile.warnings).toContainEqual({ code: "controls_mended", count: 7 });
  let written = "";
  const added = { name: "p", values: Float64Array.of(1, 2, 3), fills: 1 };
  await finish(writeCsv(source, file, [added], (piece) => (written += piece)));
  expect(written).toBe(`\ufeff${text.replace("\x94,", "\x94,3")}`);
});

test.each([
  ["blanks that align", " size   weight\n  4.6      3.5\n  5.3      2.7\n 10.1     12.7\n"],
  ["single quotation marks", "'size','weight'\n'4.6','3.5'\n'5.3','2.7'\n'10.1','12.7'\n"],
  ["a blank before each mark", '"size", "weight"\n"4.6", "3.5"\n"5.3", "2.7"\n"10.1", "12.7"\n'],
  ["a line that names the delimiter", "sep=;\nsize;weight\n4,6;3,5\n5,3;2,7\n10,1;12,7\n"],
])("cells are cut at %s", async (_, text) => {
  const { names, table } = await look(text);
  expect(names).toEqual(["size", "weight"]);
  expect(table.columns.map(({ numbers: cells }) => [...cells!])).toEqual([
    [4.6, 5.3, 10.1],
    [3.5, 2.7, 12.7],
  ]);
});

test("marks within a cell may be written with a backslash", async () => {
  const { table } = await look('name,text\na,"a \\"good\\" chair"\nb,"round 48\\""\nc,"x, y"\n');
  expect(table.columns[1]!.categories).toEqual(['a "good" chair', 'round 48"', "x, y"]);
});

test.each([
  ["codes of currencies", ["EUR 12", "12 USD", "CHF 1'200.50"], [12, 12, 1200.5]],
  ["abbreviations and thousands", ["$1.2K", "£1.2m", "Rs 1200"], [1200, 1.2e6, 1200]],
  ["a unit", ["4.6 cm", "5.3 cm", "<0.2 cm"], [4.6, 5.3, 0.2]],
  ["points and commas for decimals", ["4,6", "5.3", "5,9"], [4.6, 5.3, 5.9]],
  ["a point for thousands among decimal commas", ["52.500", "10,05", "7,5"], [52_500, 10.05, 7.5]],
])("numbers are read with %s", async (_, cells, values) => {
  const { table } = await look(`a;b\n${cells.map((cell) => `${cell};x\n`).join("")}`);
  expect([...table.columns[0]!.numbers!]).toEqual(values);
});

test("numbers of articles and lists are no numbers", async () => {
  const { types } = await look(`sku;list\n${rows(9, (i) => `10${i}E${i};1,${i},3`)}`);
  expect(types[0]).not.toMatch(/number|integer/);
  expect(types[1]).not.toMatch(/number|integer/);
});

test("dates in two styles, and with months of other languages", async () => {
  const day = (i: number) => String(i + 13);
  const { types } = await look(
    `a;b\n${rows(9, (i) => `${i % 2 ? `2024-03-${day(i)}` : `03/${day(i)}/2024`};${day(i)}. Mai 2023`)}`,
  );
  expect(types).toEqual(["date", "date"]);
});

test("NA among codes is a value, unless it stands for missing numbers; what is missing can be said", async () => {
  const codes = ["APAC", "EMEA", "NA", "LATAM"];
  const text = (last: string) =>
    `region,units\n${rows(40, (i) => `${codes[i % 4]!},${i}`)}EMEA,${last}\n`;
  expect((await look(text("40"))).warnings).toEqual(["mark_is_value NA"]);
  expect((await look(text("NA"))).warnings).toEqual(["marks_missing NA"]);
  const told = await look(text("40"), { missing: ["NA", "LATAM"] });
  expect(told.table.columns[0]!.categories).toEqual(["APAC", "EMEA"]);
});

test("-999 far from all others is said, and can be told to mean missing", async () => {
  const text = `size,b\n${rows(30, (i) => `${i % 10 === 0 ? -999 : i / 10},1`)}`;
  expect((await look(text)).warnings).toContain("sentinel_values -999");
  const { table } = await look(text, { missing: ["-999"] });
  expect(Math.min(...table.columns[0]!.numbers!.filter(Number.isFinite))).toBe(0.1);
});

test.each<[name: string, options: ReadOptions, expected: object]>([
  ["no names", { hasHeader: false }, { rows: 10 }],
  [
    "names in another line",
    { headerLine: 3, hasHeader: true },
    { rows: 7, names: ["1.5", "9", "1"] },
  ],
  ["some rows", { rows: [2, 4] }, { rows: 3, names: ["size", "weight", "kind"] }],
  ["another delimiter", { delimiter: ";" }, { names: ["size,weight,kind"] }],
])("what is told is done: %s", async (_, options, expected) => {
  expect(await look(`size,weight,kind\n${numbers}`, options)).toMatchObject(expected);
});

test.each([
  ["shift_jis", [0x93, 0x8c, 0x8b, 0x9e], "東京"],
  ["windows-1251", [0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0], "Москва"],
  ["koi8-r", [0xed, 0xcf, 0xd3, 0xcb, 0xd7, 0xc1], "Москва"],
  ["gb18030", [0xb1, 0xb1, 0xbe, 0xa9], "北京"],
  ["big5", [0xbb, 0x4f, 0xa5, 0x5f], "臺北"],
  ["euc-kr", [0xbc, 0xad, 0xbf, 0xef], "서울"],
  ["windows-1252", [0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68], "Zürich"],
  ["windows-1250", [0xa3, 0xf3, 0x64, 0x9f], "Łódź"],
])("a text in %s is read as it", async (encoding, word, right) => {
  const ascii = (text: string) => [...new TextEncoder().encode(text)];
  const bytes = [...ascii("city,n\n"), ...word, ...ascii(",1\n"), ...word, ...ascii(",2\nx,3\n")];
  const { profile, table } = await look(Uint8Array.from(bytes));
  expect(profile.dialect.encoding).toBe(encoding);
  expect(table.columns[0]!.categories[0]).toBe(right);
});

test.each([
  ["£5", [0xa3, 0x35]],
  ["µm", [0xb5, 0x6d]],
  ["m²", [0x6d, 0xb2]],
])("signs of units and money alone are read in windows-1252: %s", async (right, bytes) => {
  const ascii = (text: string) => [...new TextEncoder().encode(text)];
  const file = [...ascii("size,n\n"), ...bytes, ...ascii(",1\nx,2\n"), ...bytes, ...ascii(",3\n")];
  const { profile, table } = await look(Uint8Array.from(file));
  expect(profile.dialect.encoding).toBe("windows-1252");
  expect(table.columns[0]!.categories[0]).toBe(right);
});

test("one bad byte in UTF-8 is one bad character", async () => {
  const bytes = new TextEncoder()
    .encode("name,n\ncafé,1\nbad?,2\ncafé,3\n")
    .map((byte) => (byte === 63 ? 0xff : byte));
  const { profile, table } = await look(bytes);
  expect(profile.dialect.encoding).toBe("utf-8");
  expect(table.columns[0]!.categories).toContain("café");
});
