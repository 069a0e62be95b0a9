import { expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import type { ReadOptions } from "../../../../../../../src/engine/kinds/table/read/reader";
import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { sourceOfBytes } from "../../../../../../../src/engine/kinds/table/read/source";
import { byteTools } from "../../../../../../../src/runtime/byte-tools";
import { inPieces } from "../../../../../../fixtures/table/read-text";
import { patience } from "../../../../../../patience";

async function read(text: string, options: ReadOptions = {}) {
  const bytes = new TextEncoder().encode(text);
  const { profile, table } = await finish(readTable(sourceOfBytes(bytes, byteTools), options));
  return { rows: profile.rows, profile, table };
}

const rowsOf = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => row(i));

/** One column of a table, beside words. */
async function column(cells: readonly string[], options: ReadOptions = {}) {
  const text = `a\tb\n${cells.map((cell) => `${cell}\tx\n`).join("")}`;
  const { profile, table } = await read(text, options);
  const { type, missing, unit } = profile.columns[0]!;
  const { numbers } = table.columns[0]!;
  return {
    ...{ type, missing, unit, numbers: numbers && [...numbers] },
    warnings: profile.warnings.filter(({ column: name }) => name === "a"),
  };
}

test.each([
  [["PEN-12", "PEN-13", "COP-14"]],
  [["FR-75", "FR-76", "FR-77"]],
  [["rs1234", "rs77", "rs4680"]],
  [["RM101", "RM102", "RM201"]],
  [["RP11", "RP12", "RP13"]],
  [["Fr 12", "Fr 13", "Fr 14"]],
  [["usd 12", "usd 13", "usd 14"]],
  [["12-PEN", "13-PEN", "14-PEN"]],
])("names of things are no amounts: %j", async (cells) => {
  expect((await column(cells)).type).not.toMatch(/number|integer/);
});

test("feet are a unit, not forints", async () => {
  expect(await column(["5 ft", "6 ft", "7 ft"])).toMatchObject({
    type: "integer",
    unit: "ft",
    numbers: [5, 6, 7],
  });
});

test.each<[cells: string[], numbers: number[]]>([
  [
    ["EUR12", "EUR 12", "12EUR", "12 EUR"],
    [12, 12, 12, 12],
  ],
  [
    ["EUR -12", "-EUR 12", "EUR-1,200.50", "EUR (3.00)"],
    [-12, -12, -1200.5, -3],
  ],
  [
    ["Rs 1200", "Rs. 1,200", "Rs.12", "Rs1,20,000"],
    [1200, 1200, 12, 120_000],
  ],
  [
    ["RM12.50", "RM 7", "RM1,250.00"],
    [12.5, 7, 1250],
  ],
  [
    ["Fr. 12", "Fr.13", "SFr 14"],
    [12, 13, 14],
  ],
  [
    ["12 kr", "13kr", "kr 14", "15 kr."],
    [12, 13, 14, 15],
  ],
  [
    ["12 Ft", "13 Ft", "1 200 Ft"],
    [12, 13, 1200],
  ],
  [
    ["R$ 1.234,56", "R$ 12,50", "R$7,00"],
    [1234.56, 12.5, 7],
  ],
  [
    ["$12", "USD 13", "14"],
    [12, 13, 14],
  ],
  [
    ["元12", "13元", "14 元"],
    [12, 13, 14],
  ],
])("amounts are numbers: %j", async (cells, numbers) => {
  expect(await column(cells)).toMatchObject({ numbers, warnings: [] });
});

test("several currencies in one column are said", async () => {
  expect((await column(["EUR 12", "USD 12", "EUR 13", "CHF 1"])).warnings).toEqual([
    { code: "mixed_currencies", column: "a", text: "EUR, USD, CHF", count: 2, rows: [2, 4] },
  ]);
  expect((await column(["€12", "$12", "€13"])).warnings).toEqual([
    { code: "mixed_currencies", column: "a", text: "€, $", count: 1, rows: [2] },
  ]);
});

test("marks that stand for one currency are one", async () => {
  const { warnings } = await column(["EUR 12", "12 €", "-€13", "14"]);
  expect(warnings).toEqual([]);
});

const poem = "To be, or not\nto be, that\nis, the question\nof, all\nquestions, asked";
const code = "if a,b\nc,d\ne,f\ng,h\ni,j";

test.each([
  ["of a poem", "title,text\n", `1,"${poem}"\n2,"${poem}"\n`, ["1", poem]],
  ["of a poem before others", "text,title\n", `"${poem}",1\n"${poem}",2\n`, [poem, "1"]],
  ["that hold as many delimiters as rows do", "n,code\n", `1,"${code}"\n2,"x"\n`, ["1", code]],
])("lines %s in one cell are one cell", async (_, names, text, first) => {
  const { rows, table } = await read(names + text);
  expect(rows).toBe(2);
  expect(
    table.columns.map(({ categories, numbers }) => categories[0] ?? String(numbers![0])),
  ).toEqual(first);
});

test.each([
  ["without blanks", ",", 30],
  ["with blanks after delimiters", ", ", 30],
])("rows between two marks that are no pair are rows: %s", async (_, delimiter, count) => {
  const plain = Array.from({ length: count }, (__, i) => [`r${i}`, "x", String(i)].join(delimiter));
  plain[3] = ["r3", '"unclosed', "3"].join(delimiter);
  plain[20] = ["r20", 'closed"', "20"].join(delimiter);
  const { rows } = await read(`name${delimiter}kind${delimiter}n\n${plain.join("\n")}\n`);
  expect(rows).toBe(count);
});

test("a mark that is never closed costs no more than others", async () => {
  const source = inPieces(`a,b\n"1,2\n${"34,56\n".repeat(2_000_000)}`, 1 << 14);
  const start = performance.now();
  const { profile } = await finish(readTable(source));
  expect(profile.rows).toBe(2_000_001);
  expect(performance.now() - start).toBeLessThan(patience(15));
});

test("thousands of marks that are never closed, one a row", async () => {
  const text = `a,b\n${'1,"abc\n'.repeat(5000)}`;
  const { rows, table } = await read(text);
  expect(rows).toBe(5000);
  expect(table.columns[1]!.categories).toEqual(['"abc']);
});

test("stray marks far below do not tell how a long file is cut", async () => {
  const plain = "1;2;3\n".repeat(1500);
  const { rows, profile } = await read(`a;b;c\n${plain}${'4;5" x;"6" y\n'.repeat(3000)}`);
  expect(rows).toBe(4500);
  expect(profile.columns).toHaveLength(3);
});

test("dates of the other order are missing, and that is said", async () => {
  const cells = [...rowsOf(9, (i) => `${i + 13}/03/2024`), "03/25/2024", "3/4/2024", "04/26/2024"];
  expect(await column(cells)).toMatchObject({
    ...{ type: "date", missing: 2 },
    warnings: [{ code: "unreadable_dates", column: "a", count: 2, rows: [10, 12], text: "day" }],
  });
  const many = rowsOf(
    1500,
    (i) => `${(i % 28) + 1}/${(i % 12) + 1}/${1900 + (i % 100)} ${i % 24}:00`,
  );
  many[1200] = "3/25/2024 1:00";
  expect(await column(many)).toMatchObject({
    ...{ type: "date", missing: 1 },
    warnings: [{ code: "unreadable_dates", count: 1, rows: [1201] }],
  });
});

test("a value among dates that is none is said", async () => {
  const cells = [...rowsOf(30, (i) => `2024-03-${String(i + 1).padStart(2, "0")}`), "soon"];
  expect(await column(cells)).toMatchObject({
    ...{ type: "date", missing: 1 },
    warnings: [{ code: "unreadable_dates", count: 1, rows: [31] }],
  });
});

test("dates that can be read in both orders are said, unless the order was told", async () => {
  const cells = ["3/4/2024", "5/6/2024", "7/7/2024"];
  const said = [{ code: "ambiguous_dates", column: "a", count: 3, text: "day" }];
  expect((await column(cells)).warnings).toEqual(said);
  expect((await column(cells, { dateOrder: "month" })).warnings).toEqual([]);
  expect((await column([...cells, "13/7/2024"])).warnings).toEqual([]);
  expect((await column(["3/3/2024", "4/4/2024"])).warnings).toEqual([]);
  expect((await column(["3/4/2024"])).warnings).toEqual([]);
});

test.each([
  ["versions", ["1.2.10", "1.2.11", "1.3.10", "1.3.12", "1.13.10"]],
  ["lots", ["12-05-01", "12-05-02", "12-05-03", "12-06-01"]],
  ["years first, in two digits", rowsOf(20, (i) => `24-05-${i + 11}`)],
])("%s are no dates", async (_, cells) => {
  expect((await column(cells)).type).not.toBe("date");
});

test.each([
  ["1.2.2021", "15.2.2021"],
  ["01.02.21", "02.02.21"],
  ["3.4.21", "15.4.21", "17.5.21"],
  ["1/2/21", "2/2/21"],
  ["25-12-20", "26-12-20", "27-12-21"],
])("%s and the like are dates", async (...cells) => {
  expect((await column(cells)).type).toBe("date");
});

test("a column that is called a date is one", async () => {
  const { profile } = await read("order_date,n\n12-05-01,1\n12-05-02,2\n12-06-03,3\n");
  expect(profile.columns[0]!.type).toBe("date");
});

test.each([
  ["grades", ["2-", "1-", "3-", "2-", "3+"]],
  ["references", ["(1)", "(2)", "(17)"]],
  ["phones", ["555.123.456", "555.987.654", "212.555.001"]],
  ["phones with blanks", ["555 123 456", "555 987 654", "212 555 001"]],
  ["addresses", ["192.168.100.200", "192.168.1.1", "10.0.0.1", "192.168.100.201"]],
  ["addresses of three-digit parts", ["192.168.100.200", "192.168.100.201", "192.168.101.100"]],
  ["seats", ["12A", "14A", "9A"]],
  ["ordinals", ["4th", "5th", "1st", "6th", "7th", "8th"]],
])("%s are no numbers", async (_, cells) => {
  expect(await column(cells)).toMatchObject({ unit: null });
  expect((await column(cells)).type).not.toMatch(/number|integer/);
});

test.each([
  ["phones", "555.123.456", "555.987.654"],
  ["addresses", "192.168.100.200", "192.168.100.1"],
])("%s do not say that decimals have commas", async (_, first, second) => {
  const lines = rowsOf(8, (i) => `${i % 2 ? first : second}\t1,234\tword\n`).join("");
  const { table, profile } = await read(`a\tb\tc\n${lines}`);
  expect(profile.dialect.decimal).toBe(".");
  expect(table.columns[1]!.numbers![0]).toBe(1234);
});

test.each<[cells: string[], numbers: number[]]>([
  [
    ["(12.50)", "(3)", "4"],
    [-12.5, -3, 4],
  ],
  [
    ["1.234.567", "12.345", "999.001"],
    [1_234_567, 12_345, 999_001],
  ],
  [
    ["0,123", "1.5", "2.5"],
    [0.123, 1.5, 2.5],
  ],
  [
    ["12.5-", "300-", "7.25"],
    [-12.5, -300, 7.25],
  ],
  [
    ["12 A", "14 A", "9 A"],
    [12, 14, 9],
  ],
  [
    ["230V", "110V", "12V"],
    [230, 110, 12],
  ],
])("%j are numbers still", async (cells, numbers) => {
  expect((await column(cells)).numbers).toEqual(numbers);
});

test("percent signs on some of the numbers are said", async () => {
  const { numbers, warnings } = await column(["5%", "10%", "0.05", "0", "7 %"]);
  expect(numbers).toEqual([5, 10, 0.05, 0, 7]);
  expect(warnings).toEqual([{ code: "mixed_percent", column: "a", count: 1, rows: [3] }]);
  expect((await column(["5%", "10%", "0", "7.5 %"])).warnings).toEqual([]);
});
