import { expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import type { AddedColumn } from "../../../../../../src/engine/kinds/added-column";
import { openAnyTable } from "../../../../../../src/engine/kinds/table/read/every-format";
import { writeAs } from "../../../../../../src/engine/kinds/table/read/formats";
import type { OpenTable } from "../../../../../../src/engine/kinds/table/read/index";
import type { ReadOptions } from "../../../../../../src/engine/kinds/table/read/reader";
import type { WrittenFormat } from "../../../../../../src/engine/kinds/table/write/media-types";
import { sourceOf } from "../../../../../fixtures/table/read-text";

const FORMATS: WrittenFormat[] = ["csv", "parquet", "json", "ndjson", "arrow", "xlsx"];

const open = (text: string, name = "t.csv", options: ReadOptions = {}) =>
  finish(openAnyTable(sourceOf(text), name, options));

async function written(
  table: OpenTable,
  added: readonly AddedColumn[],
  onlyEmpty: number,
  format: WrittenFormat | null = null,
): Promise<Blob> {
  const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
  const sink = (piece: string | Uint8Array<ArrayBuffer>) => void parts.push(piece);
  await finish(
    format === null
      ? table.write(added, sink, onlyEmpty)
      : writeAs(table, format, added, sink, onlyEmpty),
  );
  return new Blob(parts);
}

test("rows of a text come as they are written, with their own predictions", async () => {
  const text = 'name;price;kind\r\n"Ann";1,5;a\r\nBob;;b\r\n"Cid; ""Jr""";NA;\r\nDan;4\r\n';
  const table = await open(text);
  const values = Float64Array.of(1, 2.25, 3, 4);
  const beside = await written(table, [{ name: "p", values }], 1);
  expect(await beside.text()).toBe('name;price;kind;p\r\nBob;;b;2,25\r\n"Cid; ""Jr""";NA;;3\r\n');
  const filled = await written(table, [{ name: "p", values, fills: 1 }], 1);
  expect(await filled.text()).toBe('name;price;kind\r\nBob;2,25;b\r\n"Cid; ""Jr""";3;\r\n');
  const shorter = await written(table, [], 2);
  expect(await shorter.text()).toBe('name;price;kind\r\n"Cid; ""Jr""";NA;\r\nDan;4;\r\n');
});

const cells = ["1", "", "two", "inf", " NA ", "none", "2.5", "-1", "4", "5", "6", "7", "8", "9"];
const text = `id,y\n${[...cells, ...Array<string>(60).fill("3")].map((y, i) => `r${i},${y}`).join("\n")}\n`;

test.each<[string, ReadOptions, readonly string[]]>([
  ["as usual", {}, ["r1", "r4", "r5"]],
  ["with a mark more", { missing: ["-1"] }, ["r1", "r4", "r5", "r7"]],
  ["as told alone", { missing: ["none"], missingOnly: true }, ["r1", "r5"]],
  ["whatever its type", { types: { y: "text" } }, ["r1", "r4", "r5"]],
])("what is empty is what would be filled, %s", async (_, options, expected) => {
  const table = await open(text, "t.csv", options);
  expect(table.read.profile.columns[1]!.empty).toBe(expected.length);
  const values = new Float64Array(table.read.table.rows).fill(77);
  for (const format of [null, ...FORMATS]) {
    const file = await written(table, [{ name: "p", values, fills: 1 }], 1, format);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const back = await finish(openAnyTable(sourceOf(bytes), `t.${format ?? "csv"}`));
    expect(back.read.profile.preview, `${format}`).toEqual(expected.map((id) => [id, "77"]));
  }
});

test.each(FORMATS)("few rows of many, from all parts of a table, in %s", async (format) => {
  const rows = Array.from({ length: 50_001 }, (_, i) => `a${i},${i % 9999 === 1 ? "" : i},b${i}`);
  const table = await open(`x,y,z\n${rows.join("\n")}\n`);
  const values = Float64Array.from(rows, (_, i) => i);
  const file = await written(table, [{ name: "p", values }], 1, format);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { read } = await finish(openAnyTable(sourceOf(bytes), `t.${format}`));
  expect(read.profile.preview).toEqual(
    [1, 10_000, 19_999, 29_998, 39_997, 49_996].map((i) => [`a${i}`, "", `b${i}`, `${i}`]),
  );
});

test("columns are still as long as the whole table", async () => {
  const table = await open(text);
  const short = [{ name: "p", values: Float64Array.of(1, 2, 3) }];
  for (const format of [null, "json"] as const) {
    await expect(written(table, short, 1, format)).rejects.toMatchObject({
      code: "shape_mismatch",
    });
  }
});
