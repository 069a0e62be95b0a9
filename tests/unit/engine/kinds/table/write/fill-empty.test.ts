import { expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../../../src/engine/kinds/table/read/every-format";
import { writeAs } from "../../../../../../src/engine/kinds/table/read/formats";
import type { OpenTable } from "../../../../../../src/engine/kinds/table/read/index";
import type { ReadOptions } from "../../../../../../src/engine/kinds/table/read/reader";
import { sourceOfBytes } from "../../../../../../src/engine/kinds/table/read/source";
import type { WrittenFormat } from "../../../../../../src/engine/kinds/table/write/media-types";
import { predictionColumns } from "../../../../../../src/engine/reuse/predict/prediction-columns";
import type { Predictions } from "../../../../../../src/engine/reuse/predict/predictions";
import { byteTools } from "../../../../../../src/runtime/byte-tools";

const TEXT = 'name;price;kind\nAnn;1,5;a\nBob;;b\n"Cid; Jr";NA;\nDan;4;a\n';
const rest = { far: Uint8Array.of(1, 0, 0, 0), farIn: null };
const prices: Predictions = {
  ...{ ...rest, task: "regression", target: "price", spread: null },
  ...{ values: Float64Array.of(9, 2.25, 3.5, 9), radii: Float64Array.of(1, 1, 1, 1) },
};
const kinds: Predictions = {
  ...{ ...rest, task: "classification", target: "kind", labels: ["a", "b"], agreeing: null },
  ...{ values: Float64Array.of(1, 1, 1, 1), confidence: new Float32Array(4), probabilities: null },
};

const openAs = (text: string, name: string, options: ReadOptions = {}) =>
  finish(openAnyTable(sourceOfBytes(new TextEncoder().encode(text), byteTools), name, options));
const open = () => openAs(TEXT, "table.csv");

/** A table with one value for every empty cell of a column, as text. */
async function filled(
  table: OpenTable,
  column: number,
  value: number | string,
  { format = null as WrittenFormat | null, areOwn = true } = {},
): Promise<string> {
  const isText = typeof value === "string";
  const values = new Float64Array(table.read.table.rows).fill(isText ? 0 : value);
  const added = { name: "p", values, fills: column, areOwn, ...(isText && { labels: [value] }) };
  const parts: unknown[] = [];
  const sink = (piece: unknown) => void parts.push(piece);
  await finish(
    format === null ? table.write([added], sink) : writeAs(table, format, [added], sink),
  );
  return parts.join("").replace("\ufeff", "");
}

test("only empty cells are filled, all others stay as they are written", async () => {
  const { write } = await open();
  const parts: unknown[] = [];
  await finish(write(predictionColumns(prices, null, 1), (piece) => parts.push(piece)));
  expect(parts.join("")).toBe(TEXT.replace("Bob;;", "Bob;2,25;").replace("NA;", "3,5;"));
  const labelled: unknown[] = [];
  await finish(write(predictionColumns(kinds, null, 2), (piece) => labelled.push(piece)));
  expect(labelled.join("")).toBe(TEXT.replace("NA;\n", "NA;b\n"));
});

test("a caution stands beside what is filled", async () => {
  const { write } = await open();
  const parts: unknown[] = [];
  await finish(write(predictionColumns(prices, "an estimate", 1), (piece) => parts.push(piece)));
  expect(parts.join("").split("\n")[0]).toBe("name;price;kind;caution");
});

test.each<WrittenFormat>(["csv", "json", "ndjson", "parquet", "arrow", "xlsx"])(
  "empty cells are filled in %s",
  async (format) => {
    const parts: (string | Uint8Array)[] = [];
    const sink = (piece: string | Uint8Array) => void parts.push(piece);
    await finish(writeAs(await open(), format, predictionColumns(prices, null, 1), sink));
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const back = await finish(openAnyTable(sourceOfBytes(bytes, byteTools), `table.${format}`));
    expect([...back.read.table.columns[1]!.numbers!]).toEqual([1.5, 2.25, 3.5, 4]);
    expect(back.read.table.columns).toHaveLength(3);
  },
);

const answers = (cells: readonly string[]) =>
  `id,y\n${cells.map((y, i) => `${i},${y}`).join("\n")}\n`;
const few = answers(["some", "none", "NA", "many"]);

test.each<[string, ReadOptions, string]>([
  ["NA alone is told to be missing", { missing: ["NA"], missingOnly: true }, few],
  [
    "the column shows it",
    {},
    answers([
      ...Array<string>(9).fill("some"),
      ...Array<string>(9).fill("many"),
      ...Array<string>(9).fill("none"),
      "",
    ]),
  ],
])("“none” is an answer where %s, and is not filled", async (_, options, text) => {
  const table = await openAs(text, "table.csv", options);
  const expected = text.replace(/,(NA|)$/m, ",some");
  expect(await filled(table, 1, "some")).toBe(expected);
  expect(await filled(table, 1, "some", { format: "csv" })).toBe(expected);
  const [names, ...rows] = expected.trim().split("\n");
  expect(names).toBe("id,y");
  const written = JSON.parse(await filled(table, 1, "some", { format: "json" })) as { y: string }[];
  expect(written.map(({ y }) => y)).toEqual(rows.map((row) => row.split(",")[1]));
});

test("cells that are told to be missing are filled in every format", async () => {
  const options = { missing: ["unk", "-1"] };
  const csv = await openAs(answers(["a", "unk", "b"]), "table.csv", options);
  expect(await filled(csv, 1, "a", { format: "json" })).toContain('"id":1,"y":"a"');
  const texts = await openAs('[{"y":"a"},{"y":" unk"},{"y":null},{"y":"n/a"}]', "t.json", options);
  expect(JSON.parse(await filled(texts, 0, "b"))).toEqual(["a", "b", "b", "b"].map((y) => ({ y })));
  const numbers = await openAs('[{"y":5},{"y":-1},{"y":"unk"},{"y":7}]', "t.json", options);
  expect(JSON.parse(await filled(numbers, 0, 6.5))).toEqual([5, 6.5, 6.5, 7].map((y) => ({ y })));
});

test.each<[string, number, string]>([
  ["45 kg,50 kg,,38 kg", 41.25, "41.25 kg"],
  ["4kg,5kg,,3kg", -4, "-4kg"],
  ["5 %,7.5 %,,8 %", 6.25, "6.25 %"],
  ["$4.50,$5,,$1", -2.5, "-$2.5"],
  ["EUR 4.50,EUR 5.25,,EUR 1.00", 2.5, "EUR 2.5"],
  ["$1.2k,$3k,,$4k", 1500, "1500"],
  ["(5.5),(2),,(3)", -4, "-4"],
  ["<5,<6,,7", 6.5, "6.5"],
  ["12345678,23456789,,34567891", 23456791.4, "23456791"],
  ["1.5,2.5,,3", 1 / 3, "0.3333333"],
])("of %s the empty cell is filled as the others are written", async (cells, value, expected) => {
  const text = answers(cells.split(","));
  expect(await filled(await openAs(text, "table.csv"), 1, value)).toBe(
    text.replace(/^2,$/m, `2,${expected}`),
  );
});

test("a decimal comma is kept where a file has both marks, in other formats too", async () => {
  const text = "id;a;y\n1;1.5;4,25 m\n2;2.75;\n3;3.25;6,5 m\n";
  const table = await openAs(text, "table.csv");
  expect(await filled(table, 2, 5.125)).toBe(text.replace("2.75;", "2.75;5,125 m"));
  expect(await filled(table, 1, 5.125)).toBe(text);
  const words = "y;id\n1,5;1\n2,5;2\n;3\n3,5;4\n007,5;5\n∞;6\n";
  const spelled = await filled(await openAs(words, "table.csv"), 0, 2.25, { format: "json" });
  expect(spelled).toContain('{"y":"2,25","id":3}');
});

test("a label with a unit is a number where cells are numbers", async () => {
  const table = await openAs(answers(["35 kg", "", "45 kg", "50 kg"]), "table.csv", {});
  const written = await filled(table, 1, "35 kg", { format: "json" });
  expect(written).toContain('{"id":1,"y":35}');
});

test("the user's own labels come back as they were written, others' are no formulas", async () => {
  const text = answers(["+ve", "", "=ve"]);
  const table = await openAs(text, "table.csv");
  const own = text.replace("1,", "1,+ve");
  expect(await filled(table, 1, "+ve")).toBe(own);
  expect(await filled(table, 1, "+ve", { format: "csv" })).toBe(own);
  const harmless = text.replace("1,", "1,'+ve");
  expect(await filled(table, 1, "+ve", { areOwn: false })).toBe(harmless);
  expect(await filled(table, 1, "+ve", { format: "csv", areOwn: false })).toBe(harmless);
});
