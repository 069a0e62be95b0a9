import { expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import { readingOf } from "../../../../../../src/engine/kinds/table/read/as-before";
import { openAnyTable } from "../../../../../../src/engine/kinds/table/read/every-format";
import type { ReadOptions } from "../../../../../../src/engine/kinds/table/read/reader";
import { sourceOfBytes } from "../../../../../../src/engine/kinds/table/read/source";
import { byteTools } from "../../../../../../src/runtime/byte-tools";

/** A column as it is read, alone or as a first one was. */
async function read(cells: readonly string[], options: ReadOptions = {}, name = "x") {
  const text = `${name};n\n${cells.map((cell, i) => `${cell};${i}`).join("\n")}\n`;
  const source = sourceOfBytes(new TextEncoder().encode(text), byteTools);
  const { table, profile } = (await finish(openAnyTable(source, "t.csv", options))).read;
  const { type, numbers, codes, categories } = table.columns[0]!;
  const texts = [...(codes ?? [])].map((code) => categories[code] ?? null);
  return { type, numbers: [...(numbers ?? [])], texts, reading: readingOf(profile) };
}

const many = (cells: readonly string[]) => Array.from({ length: 10 }, () => cells).flat();
const day = (text: string) => Date.parse(`${text}T00:00Z`);

test("the order of dates is that of the first table where the second leaves it open", async () => {
  const { reading } = await read(many(["1/25/2021", "2/3/2021"]));
  const open = await read(["2/3/2021", "4/5/2021"], reading, " X");
  expect(open.numbers).toEqual([day("2021-02-03"), day("2021-04-05")]);
  const told = await read(["25/1/2021", "4/5/2021"], reading);
  expect(told.numbers).toEqual([day("2021-01-25"), day("2021-05-04")]);
});

test("marks of decimals, units, currencies and values are those of the first table, too", async () => {
  const commas = await read(many(["1,5", "2,25"]));
  expect((await read(["1,234", "5"], commas.reading)).numbers).toEqual([1.234, 5]);
  expect((await read(["1.5", "1,234"], commas.reading)).numbers).toEqual([1.5, 1234]);
  const units = await read(many(["5 kg", "7 kg"]));
  expect((await read(["5", "6", "7 kg"], units.reading)).numbers).toEqual([5, 6, 7]);
  const amounts = await read(many(["EUR 5.50", "EUR 7.25"]));
  const few = [...many(["4.50"]), "EUR 8.50"];
  expect((await read(few, amounts.reading)).numbers.at(-1)).toBe(8.5);
  const words = await read(many(["none", "one", "two"]));
  expect((await read(["one", "none", "one", "two", "one"], words.reading)).texts[1]).toBe("none");
});

test("types are those of the first table where the values allow it", async () => {
  const truths = await read(many(["yes", "no"]));
  expect(truths.type).toBe("boolean");
  expect((await read(many(["yes"]), truths.reading)).numbers).toEqual(many(["1"]).map(Number));
  const dates = await read(many(["2021-01-28", "2021-02-03"]));
  expect((await read(many(["2021-01-28"]), dates.reading)).numbers[0]).toBe(day("2021-01-28"));
  expect((await read(["a", "b", "a"], dates.reading)).type).toBe("category");
  const codes = await read(many(["1", "2"]), { types: { x: "category" } });
  expect((await read(many(["1", "3"]), codes.reading)).type).toBe("category");
});

test("what was told of the cells is told again", async () => {
  const told = { missing: ["unk"], missingOnly: true, dateOrder: "day", decimal: "," } as const;
  const { reading } = await read(many(["unk", "none"]), told);
  expect(reading).toMatchObject(told);
  expect((await read(["unk", "none", "a"], reading)).texts).toEqual([null, "none", "a"]);
});
