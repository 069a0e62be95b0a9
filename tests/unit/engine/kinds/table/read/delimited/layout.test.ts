import { describe, expect, test } from "vitest";

import { read } from "../../../../../../fixtures/table/read-text";

async function shape(text: string, choice = {}) {
  const { profile } = await read(text, choice);
  const { rows, columns, dialect } = profile;
  return { rows, names: columns.map(({ name }) => name), ...dialect };
}

describe("delimiter", () => {
  test.each([",", ";", "\t", "|", "^", "~"])("%j is found", async (delimiter) => {
    const lines = ["name,size,note", "anna,3,tall", "bert,4,short", "cleo,5,old"];
    const text = lines.map((line) => line.replaceAll(",", delimiter)).join("\n");
    expect(await shape(text)).toMatchObject({
      delimiter,
      rows: 3,
      names: ["name", "size", "note"],
    });
  });

  test("a semicolon with decimal commas is not mistaken for commas", async () => {
    const read = await shape("a;b\n0,5;1,25\n2,5;3,75\n");
    expect(read).toMatchObject({ delimiter: ";", decimal: ",", rows: 2 });
  });

  test("a comma wins over commas and pipes inside quoted text", async () => {
    const text = 'title,genres,n\n"Heat, the film",a|b,1\n"Up",a|b|c,2\n"Jaws",c,3\n';
    expect(await shape(text)).toMatchObject({ delimiter: ",", names: ["title", "genres", "n"] });
  });

  test.each(["\n", "\r\n", "\r"])(
    "commas within single quotation marks are seen with line ends %j",
    async (end) => {
      const rows = ["'id','what'", "'1','with, comma'", "'2','plain'", "'3','two, of, them'"];
      expect(await shape(`${rows.join(end)}${end}`)).toMatchObject({
        quote: "'",
        names: ["id", "what"],
      });
    },
  );

  test("comma and space before quotation marks belong together", async () => {
    const text = 'a, b\n1, "x, y"\n2, "z"\n';
    expect((await read(text)).profile.preview).toEqual([
      ["1", "x, y"],
      ["2", "z"],
    ]);
  });

  test("spaces count between columns of numbers only", async () => {
    expect(await shape("x y\n1 2\n3 4\n5 6\n")).toMatchObject({ delimiter: " ", rows: 3 });
    expect(await shape("note\ngood day\nbad day\n")).toMatchObject({ delimiter: ",", rows: 2 });
  });

  test("can be overruled", async () => {
    expect(await shape("a;b\n1;2\n", { delimiter: "," })).toMatchObject({ names: ["a;b"] });
  });
});

describe("header", () => {
  test.each([
    ["words above numbers", "name,size\nanna,3\nbert,4\n", true],
    ["numbers from the first line on", "anna,3\nbert,4\nanna,5\n", false],
    ["only numbers", "1,2\n3,4\n", false],
    ["words that come again below", "red,big\nblue,big\nred,small\n", false],
    ["words only, all different", "city,country\nparis,france\nrome,italy\n", true],
    ["numbers above truth values", "id,10,20\nx,true,false\ny,false,true\n", true],
    ["years above numbers", "country,2019,2020\nperu,3.5,4.5\nchad,7.25,8\n", true],
    ["words above dates", "day,n\n2021-01-01,1\n2021-01-02,2\n", true],
    ["blank above a counter", ",a\n0,x\n1,y\n", true],
  ])("%s", async (_, text, hasHeader) => {
    expect((await shape(text)).hasHeader).toBe(hasHeader);
  });

  test("can be overruled both ways", async () => {
    expect(await shape("name,size\nanna,3\n", { hasHeader: false })).toMatchObject({
      rows: 2,
      names: ["column 1", "column 2"],
    });
    expect(await shape("1,2\n3,4\n", { hasHeader: true })).toMatchObject({
      rows: 1,
      names: ["1", "2"],
    });
  });
});

describe("names", () => {
  test("blank and doubled ones are made different, and warned of", async () => {
    const { profile } = await read("a,,a,A , b\n1,2,3,4,5\n6,7,8,9,10\n");
    expect(profile.columns.map(({ name }) => name)).toEqual(["a", "column 2", "a (2)", "A", "b"]);
    expect(profile.warnings).toEqual([
      { code: "blank_names", count: 1 },
      { code: "duplicate_names", count: 1 },
    ]);
  });
});

describe("rows", () => {
  test.each(["\n", "\r\n", "\r"])("end in %j", async (lineEnd) => {
    const text = ["a,b", "1,x", '2,"y"', "3,z"].join(lineEnd);
    expect(await shape(text)).toMatchObject({ rows: 3, names: ["a", "b"] });
    expect(await shape(text + lineEnd)).toMatchObject({ rows: 3, names: ["a", "b"] });
  });

  test("line ends inside quoted cells do not count", async () => {
    const { profile } = await read('a,"b\nb"\r1,"x\ny"\r2,z\r');
    expect(profile.columns.map(({ name }) => name)).toEqual(["a", "b b"]);
    expect(profile.preview).toEqual([
      ["1", "x\ny"],
      ["2", "z"],
    ]);
  });

  test("blank lines are no rows, at the end or between", async () => {
    expect(await shape("a,b\n\n1,2\n \n3,4\n\n\n")).toMatchObject({ rows: 2 });
  });

  test("in a table of one column a blank line between values is a missing one", async () => {
    const { profile } = await read("size\n1\n\n3\n\n\n");
    expect(profile.rows).toBe(3);
    expect(profile.columns[0]).toMatchObject({ count: 2, missing: 1 });
    expect(profile.warnings).toEqual([{ code: "one_column", count: 1 }]);
  });

  test("a row of delimiters only is no row, and is said", async () => {
    const { profile } = await read("a,b\n1,2\n,\n3,4\n");
    expect(profile).toMatchObject({ rows: 2, repairs: [{ code: "blank_rows", lines: [3] }] });
  });

  test("of other lengths are warned of, filled up, and keep what fits", async () => {
    const { profile, table } = await read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n");
    expect(profile.warnings).toEqual([{ code: "ragged_rows", count: 2, rows: [2, 3] }]);
    expect([...table.columns[2]!.numbers!]).toEqual([3, NaN, 8, 1]);
    expect(table.columns).toHaveLength(3);
  });

  test("with a delimiter at the end of each line open no column", async () => {
    const headed = await read("a,b,\n1,2,\n3,4,\n");
    expect(headed.profile.columns).toHaveLength(2);
    const plain = await read("a,b\n1,2,\n3,4,\n");
    expect(plain.profile.columns).toHaveLength(2);
    expect([...headed.profile.warnings, ...plain.profile.warnings]).toEqual([]);
  });

  test("that leave out blank cells at the end are not warned of", async () => {
    const { profile } = await read("a,b,c\n1,2,\n3,4\n5,6,\n");
    expect(profile.columns).toHaveLength(3);
    expect(profile.warnings.map(({ code }) => code)).toEqual(["ragged_rows", "all_missing"]);
    const unnamed = await read("a,b,\n1,2\n3,4,\n5,6,\n");
    expect(unnamed.profile.columns).toHaveLength(2);
    expect(unnamed.profile.warnings).toEqual([]);
  });

  test("without names have as many columns as most records, blank cells counted", async () => {
    const { profile } = await read("anna,1,\nbert,2,x\ncleo,3,\nanna,4,\n");
    expect(profile.dialect.hasHeader).toBe(false);
    expect(profile.columns).toHaveLength(3);
    expect(profile.warnings).toEqual([]);
  });

  test("below a title and a blank line are found", async () => {
    expect(await shape("Sales report\nmade by the office\n\na,b\n1,2\n3,4\n")).toMatchObject({
      rows: 2,
      names: ["a", "b"],
    });
  });

  test("are previewed as written, at most 100", async () => {
    const { profile } = await read(`a,b\n${"0012, x\n".repeat(300)}`);
    expect(profile.preview).toHaveLength(100);
    expect(profile.preview[0]).toEqual(["0012", " x"]);
  });
});
