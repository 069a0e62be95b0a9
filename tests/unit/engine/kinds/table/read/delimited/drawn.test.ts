import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { EngineError } from "../../../../../../../src/engine/ground/errors";
import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { sourceOfBytes } from "../../../../../../../src/engine/kinds/table/read/source";
import { byteTools } from "../../../../../../../src/runtime/byte-tools";

async function look(file: string | Uint8Array) {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const { profile } = await finish(readTable(sourceOfBytes(bytes, byteTools)));
  return {
    rows: profile.rows,
    names: profile.columns.map(({ name }) => name),
    types: profile.columns.map(({ type }) => type),
    repairs: profile.repairs.map(({ code }) => code),
  };
}

const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");

describe("lines that are drawn are no rows", () => {
  test.each([
    ["psql", ` a  |  b\n----+-----\n${rows(9, (i) => ` ${i} | ${i}.5`)}(9 rows)\n`],
    ["sqlcmd", `a           b    \n----------- -----\n${rows(9, (i) => `${String(i).padStart(11)} ${i}.5`)}\n(9 rows affected)\n`], // prettier-ignore
    [
      "hyphens below the names",
      `a        b\n=======  ====\n${rows(9, (i) => `${i}        ${i}.5`)}`,
    ],
  ])("of %s", async (_, text) => {
    const { names, ...told } = await look(text);
    expect(names).toEqual(["a", "b"]);
    expect(told).toMatchObject({ rows: 9, types: ["integer", "number"] });
  });

  test.each([
    ["Markdown", `| a | b |\n|---|--:|\n${rows(9, (i) => `| ${i} | ${i}.5 |`)}`],
    ["mysql", `+---+-----+\n| a | b   |\n+---+-----+\n${rows(9, (i) => `| ${i} | ${i}.5 |`)}+---+-----+\n`], // prettier-ignore
  ])("of %s, with bars at both ends", async (_, text) => {
    const { names, rows: count, types } = await look(text);
    expect(names.slice(-2)).toEqual(["a", "b"]);
    expect(types.slice(-2)).toEqual(["integer", "number"]);
    expect(count).toBe(9);
  });

  test("but a row of nothing is a row between commas, and words across the gaps of a line are no columns", async () => {
    const { rows: count } = await look(`a,b,c\n${rows(9, (i) => (i === 4 ? "--,--,--" : `${i},${i}.5,x`))}`); // prettier-ignore
    expect(count).toBe(9);
    const words = rows(9, (i) => `on line ${i} some words stand, and others`);
    expect((await look(`--- ---\n${words}`)).names).not.toContain("---");
  });

  test("names of columns of which cells hold blanks stand where the line has them", async () => {
    const text = `name        n\n---------- --\n${rows(9, (i) => `${`item ${i}`.padEnd(11)}${i}`)}`;
    expect(await look(text)).toMatchObject({ rows: 9, names: ["name", "n"] });
  });
});

test("what a survey asks below the names of its columns is no row", async () => {
  const text =
    "Start,Q1,Q2\nStart Date,How old are you?,Why?\n" +
    `"{""id"":""start""}","{""id"":""Q1""}","{""id"":""Q2""}"\n` +
    rows(9, (i) => `2024-05-0${i + 1},${20 + i},text ${i}`);
  const { names, types, ...told } = await look(text);
  expect(names).toEqual(["Start", "Q1", "Q2"]);
  expect(types.slice(0, 2)).toEqual(["date", "integer"]);
  expect(told).toEqual({ rows: 9, repairs: ["units_row"] });
  const plain = await look(`id,a,b\ns0,tba,tbd\n${rows(9, (i) => `s${i + 1},${i},${2 * i}`)}`);
  expect(plain.rows).toBe(10);
});

describe("keys and values above two columns of numbers are notes", () => {
  const keys = "Gain;2,5\nMode;fast\nPoints;40\nScale;1,0\nUnit;nm\n";
  const values = rows(40, (i) => `${i};${i},5`);

  test("with names below them, and without", async () => {
    expect(await look(`${keys}X;Y\n${values}`)).toMatchObject({ rows: 40, names: ["X", "Y"] });
    expect(await look(keys + values)).toMatchObject({ rows: 40, types: ["integer", "number"] });
  });

  test("but a word among the keys of rows leaves them rows", async () => {
    const mixed = rows(40, (i) => `${i === 30 ? "last" : i};${i},5`);
    expect((await look(`X;Y\n${mixed}`)).rows).toBe(40);
  });
});

test("sources below a table and a blank line are notes, with numbers beside them too", async () => {
  const notes = "\n* p < 0.05\nSource: Census Bureau, 2023\n";
  expect(await look(`a,b\n${rows(20, (i) => `${i},${i}.5`)}${notes}`)).toEqual({
    ...{ rows: 20, names: ["a", "b"], types: ["integer", "number"], repairs: ["notes_below"] },
  });
  // Without a blank line, or beginning as rows do, it may be a row.
  expect((await look(`a,b\n${rows(20, (i) => `${i},${i}.5`)}late,7\n`)).rows).toBe(21);
  expect((await look(`a,b\n${rows(20, (i) => `${i},${i}.5`)}\n20,late\n`)).rows).toBe(21);
});

test("an apostrophe that begins words is no mark around cells", async () => {
  for (const delimiter of [",", ";", "\t"]) {
    const text = `First name${delimiter}The rest\n${rows(9, (i) => `'t Hart ${i}${delimiter}'tis ${i}`)}`;
    expect(await look(text)).toMatchObject({ rows: 9, names: ["First name", "The rest"] });
  }
});

test("single marks hold blanks together where blanks part cells", async () => {
  const text = `id name size\n${rows(9, (i) => `${i} 'n ${i}' ${i}.5`)}`;
  expect(await look(text)).toMatchObject({ rows: 9, names: ["id", "name", "size"] });
});

test("the mark that ends files of DOS is no row, and ISO-2022-JP is refused by name", async () => {
  expect((await look(`a,b\n${rows(9, (i) => `${i},x`)}\x1a`)).rows).toBe(9);
  const japanese = Uint8Array.from([0x1b, 0x24, 0x42, 0x3b, 0x61, 0x1b, 0x28, 0x42, 44, 98, 10, 49, 44, 50, 10]); // prettier-ignore
  const refused = await look(japanese).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(EngineError);
  expect(refused).toMatchObject({ code: "bad_encoding", details: { encoding: "ISO-2022-JP" } });
});

test("months are dates, and seasons are not", async () => {
  const months = await look(`m,v\n${rows(9, (i) => `2023-0${i + 1},${i}`)}`);
  expect(months.types[0]).toBe("date");
  const seasons = await look(`m,v\n${rows(3, (i) => `20${String(8 + i).padStart(2, "0")}-${String(9 + i).padStart(2, "0")},${i}`)}`); // prettier-ignore
  expect(seasons.types[0]).not.toBe("date");
  const wide = await look(`region,2019-01,2019-02\n${rows(9, (i) => `R${i},${i},${2 * i}`)}`);
  expect(wide.names).toEqual(["region", "2019-01", "2019-02"]);
});
