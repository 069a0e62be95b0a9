import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { isMissing } from "../../../../../../src/engine/kinds/table/columns/missing";
import { read, readColumn } from "../../../../../fixtures/table/read-text";

const repeat = (cells: readonly string[], times: number) =>
  Array.from({ length: times }, () => cells).flat();
const each = (count: number, cell: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => cell(i));

describe("detected types", () => {
  test.each([
    ["decimals", ["1.5", "2", "3.25"], "value", "number"],
    ["whole numbers", ["1", "2", "2"], "value", "integer"],
    ["whole numbers with a point", ["1.0", "2.0", "2.0"], "value", "integer"],
    ["quoted numbers with thousands", ['"1,200"', '"3,400,500"'], "value", "integer"],
    ["zeros and ones", ["0", "1", "1"], "value", "integer"],
    ["yes and no", ["yes", "No", "YES"], "value", "boolean"],
    ["true and false", ["TRUE", "false", ""], "value", "boolean"],
    ["t and f", ["t", "f", "t"], "value", "boolean"],
    ["是 and 否", ["是", "否", "是"], "value", "boolean"],
    ["words that repeat", repeat(["red", "green", "blue"], 5), "value", "category"],
    ["a few words", ["red", "green", "blue"], "value", "category"],
    ["ISO dates", ["2021-01-28", "2021-02-28"], "value", "date"],
    ["dates with the day first", ["28/01/2021", "01/02/2021"], "value", "date"],
    ["sentences", each(50, (i) => `this is sentence number ${i}`), "value", "text"],
    ["long values", each(30, (i) => `${"x".repeat(300)}${i}`), "value", "text"],
    ["short unique words", each(50, (i) => `AB-${i}-XY`), "value", "identifier"],
    [
      "unique numbers named id",
      each(30, (i) => `${1000 + ((i * 7) % 30)}`),
      "customer_id",
      "identifier",
    ],
    ["unique numbers named otherwise", each(30, (i) => `${1000 + i}`), "price", "integer"],
    ["repeated numbers named id", repeat(["1", "2", "3"], 10), "store_id", "integer"],
    ["numbers of a word that ends in id", each(30, (i) => `${i}`), "humid", "integer"],
    ["postcodes with leading zeros", each(30, (i) => `0${1000 + i}`), "value", "identifier"],
    ["repeated codes with leading zeros", repeat(["001", "002"], 10), "value", "category"],
    ["repeated zip codes", repeat(["98101", "98102"], 10), "zipcode", "category"],
    [
      "whole numbers a double cannot hold",
      each(30, (i) => `90071992547409930${10 + i}`),
      "value",
      "identifier",
    ],
    ["one value in many rows", repeat(["7"], 12), "value", "constant"],
    ["one value in few rows", ["7", "7"], "value", "integer"],
    ["no value at all", ["", "NA", "-"], "value", "constant"],
    ["numbers with a rare word", [...each(99, (i) => `${i}.5`), "oops"], "value", "number"],
    ["numbers with many words", repeat(["1.5", "2.5", "oops"], 10), "value", "category"],
  ])("%s", async (_, cells, name, type) => {
    expect((await readColumn(cells, name)).profile).toMatchObject({ type, detected: type });
  });

  test("a counter without a name is an identifier", async () => {
    const { profile } = await read(",size\n0,5\n1,7\n2,5\n");
    expect(profile.columns.map(({ type }) => type)).toEqual(["identifier", "integer"]);
  });

  test("more than 1000 different values are not kept by value", async () => {
    const kept = await readColumn(each(2000, (i) => `word ${i % 1000}`));
    expect(kept.column.categories).toHaveLength(1000);
    expect(kept.profile).toMatchObject({ distinct: 1000, distinctIsExact: true });
    const dropped = await readColumn(each(2002, (i) => `word ${i % 1001}`));
    expect(dropped.column).toMatchObject({ codes: null, categories: [], type: "text" });
    expect(dropped.profile).toMatchObject({ distinct: 1001, distinctIsExact: false, top: null });
  });
});

describe("values", () => {
  test.each([
    "",
    " ",
    "NA",
    "n/a",
    "N/A",
    "NaN",
    "nan",
    "null",
    "NULL",
    "None",
    "-",
    "?",
    "nil",
    "#N/A",
    "missing",
    "Missing",
    "无",
    "缺失",
  ])("%j is missing", async (spelling) => {
    const { column, profile } = await readColumn(["1", spelling, "3"]);
    expect([...column.numbers!]).toEqual([1, NaN, 3]);
    expect(profile).toMatchObject({ type: "integer", count: 2, missing: 1 });
  });

  test("words that only look missing are kept", () => {
    expect(["0", "no", "nothing", "N", "nan1", "--x"].some(isMissing)).toBe(false);
  });

  test("infinite ones count as missing, with a warning", async () => {
    const { column, profile, warnings } = await readColumn(["1", "inf", "3", "-Infinity", "1e999"]);
    expect([...column.numbers!]).toEqual([1, NaN, 3, NaN, NaN]);
    expect(profile).toMatchObject({ type: "integer", count: 2, missing: 3 });
    expect(warnings).toEqual([
      { code: "infinite_values", column: "value", count: 3, rows: [2, 4, 5] },
    ]);
  });

  test("that are no numbers in a column of numbers count as missing, with a warning", async () => {
    const cells = each(100, (i) => (i === 41 ? "oops" : `${i}.5`));
    const { column, profile, warnings } = await readColumn(cells);
    expect(column.numbers![41]).toBeNaN();
    expect(profile).toMatchObject({ count: 99, missing: 1 });
    expect(warnings).toEqual([
      { code: "unreadable_numbers", column: "value", count: 1, rows: [42] },
    ]);
  });

  test("a column without any is warned of", async () => {
    const { warnings } = await readColumn(["", "NA", ""]);
    expect(warnings).toContainEqual({ code: "all_missing", column: "value", count: 3 });
  });

  test("dates are milliseconds since 1970", async () => {
    const { column, profile } = await readColumn(["01/02/1970", "", "15/01/1970"]);
    expect([...column.numbers!]).toEqual([31 * 86_400_000, NaN, 14 * 86_400_000]);
    expect(profile).toMatchObject({ range: [14 * 86_400_000, 31 * 86_400_000], mean: null });
  });

  test("booleans are 1 and 0", async () => {
    const { column } = await readColumn(["yes", "", "NO", "Yes"]);
    expect([...column.numbers!]).toEqual([1, NaN, 0, 1]);
    expect([...column.codes!]).toEqual([0, -1, 1, 2]);
  });

  test("each column has its own decimal mark", async () => {
    const { table, profile } = await read("a;b;c\n1,5;1.5;1.234,5\n2,25;2.25;10\n");
    expect(table.columns.map(({ numbers }) => [...numbers!])).toEqual([
      [1.5, 2.25],
      [1.5, 2.25],
      [1234.5, 10],
    ]);
    expect(profile.dialect.decimal).toBe(",");
  });

  test("where semicolons stand between cells, 1,375 is between one and two", async () => {
    const { table } = await read("a;b\n1,375;x\n2,625;y\n");
    expect([...table.columns[0]!.numbers!]).toEqual([1.375, 2.625]);
    const quoted = await read('a,b\n"1,375",x\n"2,625",y\n');
    expect([...quoted.table.columns[0]!.numbers!]).toEqual([1375, 2625]);
  });

  test("numbers come back as they were written", async () => {
    const numbers = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const { column } = await readColumn(values.map(String));
        const expected = values.map((value) => Number(String(value)));
        expect([...column.numbers!]).toEqual(expected);
      }),
    );
  });

  test("numbers read by their codes are kept when there are too many codes", async () => {
    const cells = each(5000, (i) => (i % 10 === 3 ? "" : `${(i * i) % 3001}.25`));
    const { column, profile } = await readColumn(cells);
    const expected = cells.map((cell) => (cell === "" ? NaN : Number(cell)));
    const distinct = new Set(cells.filter((cell) => cell !== "")).size;
    expect(profile).toMatchObject({ type: "number", count: 4500, distinct, distinctIsExact: true });
    expect([...column.numbers!]).toEqual(expected);
    expect(column.codes).toBeNull();
  });

  test("numbers are kept when one long word ends the codes", async () => {
    const cells = each(60, (i) => (i === 30 ? "x".repeat(300) : `${i % 7}`));
    const { column } = await readColumn(cells);
    expect(column.codes).toBeNull();
    expect([...column.numbers!]).toEqual(cells.map(Number));
  });

  test("dates are kept when there are too many different ones", async () => {
    const cells = each(3000, (i) => {
      const date = new Date(Date.UTC(1990, 0, 1 + i));
      return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`;
    });
    const { column, profile } = await readColumn(cells);
    expect(profile.type).toBe("date");
    expect(column.numbers![2999]).toBe(Date.UTC(1990, 0, 3000));
  });

  test("the same arrays come again as long as they are held", async () => {
    const { column } = await readColumn(["1", "2", "1", "yes"]);
    const { codes } = column;
    expect(column.codes).toBe(codes);
  });

  test("codes point at the words they stand for", async () => {
    const words = fc.array(fc.constantFrom("red", "blue", "", "light green", "NA"), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(words, async (cells) => {
        const { column } = await readColumn(cells);
        const back = Array.from(column.codes!, (code) => column.categories[code] ?? "");
        const isValue = column.categories.includes("NA");
        expect(back).toEqual(cells.map((cell) => (cell === "NA" && !isValue ? "" : cell)));
      }),
    );
  });
});

describe("profile", () => {
  test("of numbers has range, mean and a histogram of all values", async () => {
    const { profile } = await readColumn(["0", "10", "10", "", "20"]);
    expect(profile).toMatchObject({ range: [0, 20], mean: 10, top: null, distinct: 3, count: 4 });
    expect(profile.histogram).toHaveLength(20);
    expect(profile.histogram!.map((n, bin) => n * bin).filter(Boolean)).toEqual([20, 19]);
    expect(profile.histogram!.reduce((a, b) => a + b)).toBe(4);
  });

  test("of words has the most frequent ones, at most 24", async () => {
    const cells = [...repeat(["b"], 5), ...repeat(["a"], 9), ...each(30, (i) => `w${i % 30}`)];
    const { profile } = await readColumn(cells);
    expect(profile.top!.slice(0, 2)).toEqual([
      { value: "a", count: 9 },
      { value: "b", count: 5 },
    ]);
    expect(profile.top).toHaveLength(24);
    expect(profile).toMatchObject({ range: null, mean: null, histogram: null });
  });

  test("of enormous numbers stays finite", async () => {
    const { profile } = await readColumn(["-1.7e308", "1.7e308", "0.5"]);
    expect(profile.range).toEqual([-1.7e308, 1.7e308]);
    expect(profile.histogram!.reduce((a, b) => a + b)).toBe(3);
    expect(Number.isFinite(profile.mean)).toBe(true);
  });
});
