import { expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import type { ReadOptions } from "../../../../../../../src/engine/kinds/table/read/reader";
import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { sourceOfBytes } from "../../../../../../../src/engine/kinds/table/read/source";
import { byteTools } from "../../../../../../../src/runtime/byte-tools";

async function look(text: string, options: ReadOptions = {}) {
  const source = sourceOfBytes(new TextEncoder().encode(text), byteTools);
  const { profile } = await finish(readTable(source, options));
  return {
    rows: profile.rows,
    names: profile.dialect.hasHeader ? profile.columns.map(({ name }) => name) : null,
    repairs: profile.repairs.map(({ code }) => code),
  };
}

const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join("");

test.each<[name: string, text: string, rows: number, names: readonly string[] | null]>([
  [
    "a row of words where others have a number",
    lines("name,city,score", "Ann,London,pending", "Bob,Paris,3", "Cid,Rome,4", "Dan,Bonn,5"),
    4,
    ["name", "city", "score"],
  ],
  [
    "a first row without its number",
    lines("item,amount", "a,-", "b,3", "c,4"),
    3,
    ["item", "amount"],
  ],
  [
    "letters that are units elsewhere",
    lines("sex,class,age", "F,A,", "M,B,31", "F,C,44", "M,A,25"),
    4,
    ["sex", "class", "age"],
  ],
  ["a symbol", lines("symbol,mass", "H,", "C,12.011", "O,15.999"), 3, ["symbol", "mass"]],
  [
    "one name left blank",
    lines("name,,score", "Ann,x,", "Bob,y,3", "Cid,x,4"),
    3,
    ["name", "column 2", "score"],
  ],
  [
    "numbers that follow each other",
    lines(",0,1,2", "a,5,6,7.5", "b,8,3,1"),
    2,
    ["column 1", "0", "1", "2"],
  ],
  [
    "years",
    lines("country,2000,2001,2002", "A,5.5,6,7", "B,8,3,1"),
    2,
    ["country", "2000", "2001", "2002"],
  ],
  ["a number sign", lines("#,name,score", "1,Ann,3", "2,Bob,4"), 2, ["#", "name", "score"]],
  ["letters that are truth values", lines("t,y", "1,true", "2,false", "3,true"), 3, ["t", "y"]],
  [
    "years over the names of several columns each",
    lines(",2020,,2021,", "id,a,b,a,b", "r,1,2,3,4", "s,5,6,7,8", "t,2,1,3,5"),
    3,
    ["id", "2020 a", "2020 b", "2021 a", "2021 b"],
  ],
  [
    "units, in a table of three rows",
    lines("time,load", "s,kg", "0.5,3", "1,4", "1.5,5"),
    3,
    ["time", "load"],
  ],
  ["types of columns", lines("name,size", "string,int", "a,3", "b,4"), 2, ["name", "size"]],
  ["players, in one column", lines("player", "Player 1", "Player 2", "Player 3"), 3, ["player"]],
  ["decimal commas, in one column", lines("wert", "1,5", "2,7", "3,1"), 3, ["wert"]],
  ["sentences, in one column", lines("text", "hello, world", "good, bye"), 2, ["text"]],
  [
    "no number in its first row",
    lines("name,score,age", "Ann,pending,unknown", "p0,0.0,3", "p1,1.5,4", "p2,2.0,4"),
    4,
    ["name", "score", "age"],
  ],
  [
    "truth values that are units elsewhere",
    lines("day,wet,cold", "2021-01-01,T,T", "2021-01-02,F,T", "2021-01-03,T,F"),
    3,
    ["day", "wet", "cold"],
  ],
  [
    "surnames first, in one column",
    lines("full name", "Smith, John", "King, Martin, Jr.", "Doe, Jane"),
    3,
    ["full name"],
  ],
  ["prices, in one column", lines("Unit price", "12,50", "3,20", "7,99"), 3, ["Unit price"]],
  [
    "thousands, in one column",
    lines("price", "$1,250.00", "$950.00", "$12,000.00", "$3.50"),
    4,
    ["price"],
  ],
  [
    "quoted words between blanks",
    lines(
      '"first name" "town"',
      '"Ann Lee" "Old York"',
      '"Bob Ray" "Bath"',
      '"Cid Poe" "New York"',
    ),
    3,
    ["first name", "town"],
  ],
  ["a title over two columns", lines("Results 2024", "1,2", "3,4", "5,6"), 3, null],
  [
    "row names, as R writes them",
    lines('"x"', '"a" 5.1', '"b" 4.9', '"c" 4.7'),
    3,
    ["column 1", "x"],
  ],
])("names and rows are told with %s", async (_, text, rows, names) => {
  expect(await look(text)).toMatchObject({ rows, names });
});

test("a last row that was cut off is a row, a note is none", async () => {
  const table = lines("name,score", "Ann,1", "Bob,2", "Cleo,3");
  expect((await look(`${table}Cid`)).rows).toBe(4);
  expect((await look(`${table}EOF`)).rows).toBe(3);
  expect((await look(`${table}Source: the club's own list`)).rows).toBe(3);
});

test("a row without its numbers stays before names that come again", async () => {
  expect((await look(lines("a,b", "x,1", "y,", "a,b", "z,2"))).rows).toBe(3);
});

test.each<[name: string, text: string, options: ReadOptions, rows: number]>([
  ["units", lines("time,load", "s,kg", "0.5,3", "1,4"), { undone: ["units_row"] }, 3],
  ["notes below", lines("a,b", "x,1", "y,2", "By hand, in May 2024"), {}, 3],
  ["a note below", lines("a,b", "x,1", "y,2", "measured by hand"), { undone: ["notes_below"] }, 3],
  ["names again", lines("a,b", "x,1", "a,b", "z,2"), { undone: ["names_again"] }, 3],
  [
    "a second table",
    lines("a,b,c", "1,2,3", "4,5,6", "a,b,c,d", "7,8,9,9"),
    { undone: ["second_table"] },
    4,
  ],
  ["what stands above the first row", lines("a,b", "x,y", "u,v", "1,2"), { firstLine: 4 }, 1],
])("can be left as it is, or told: %s", async (_, text, options, rows) => {
  expect((await look(text, options)).rows).toBe(rows);
});
