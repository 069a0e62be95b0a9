import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { parquetReader } from "../../../../../../../src/engine/kinds/table/read/parquet/parquet-reader";
import { readRuns } from "../../../../../../../src/engine/kinds/table/read/parquet/runs";
import { encodeParquet, parquetOf } from "../../../../../../fixtures/table/parquet-files";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

const read = (bytes: Uint8Array) => finish(parquetReader.read(sourceOf(bytes)));

describe("parquetReader", () => {
  test("reads numbers, truth values, dates and texts as what they are", async () => {
    const day = new Date(Date.UTC(2024, 1, 29));
    const { table, profile } = await read(
      parquetOf([
        { name: "n", data: [1.5, null, 2], type: "DOUBLE" },
        { name: "yes", data: [true, false, null], type: "BOOLEAN" },
        { name: "when", data: [day, null, day], type: "TIMESTAMP" },
        { name: "word", data: ["α", "b", null], type: "STRING" },
      ]),
    );
    expect(table.rows).toBe(3);
    expect(profile.columns.map(({ missing }) => missing)).toEqual([1, 1, 1, 1]);
    expect([...table.columns[0]!.numbers!]).toEqual([1.5, NaN, 2]);
    expect([...table.columns[1]!.numbers!]).toEqual([1, 0, NaN]);
    expect(profile.preview[0]).toEqual(["1.5", "true", "2024-02-29", "α"]);
  });

  test("keeps whole numbers that a double does not hold, as identifiers", async () => {
    const ids = Array.from({ length: 30 }, (_, i) => 9_007_199_254_740_993n + BigInt(i));
    const { profile } = await read(parquetOf([{ name: "id", data: ids, type: "INT64" }]));
    expect(profile.columns[0]!.type).toBe("identifier");
    expect(profile.preview[0]).toEqual(["9007199254740993"]);
  });

  test("reads decimals without a rounding error", async () => {
    const schema = [
      { name: "root", num_children: 1 },
      { name: "price", type: "INT64", converted_type: "DECIMAL", scale: 2, precision: 9 } as const,
    ];
    const columnData = [{ name: "price", data: [115n, 229n, -7n] }];
    const { table } = await read(parquetOf(columnData, { schema }));
    expect([...table.columns[0]!.numbers!]).toEqual([1.15, 2.29, -0.07]);
  });

  test.each([
    [
      "in the newer way only",
      { type: "INT32", logical_type: { type: "DECIMAL", scale: 2, precision: 9 } },
      [115, -7],
    ],
    [
      "of as many bytes as they need",
      { type: "BYTE_ARRAY", converted_type: "DECIMAL", scale: 2, precision: 30 },
      [1.15, -0.07],
    ],
  ] as const)("reads decimals that are declared %s", async (_, element, data) => {
    const schema = [
      { name: "root", num_children: 1 },
      { name: "price", ...element },
    ];
    const { table } = await read(parquetOf([{ name: "price", data: [...data] }], { schema }));
    expect([...table.columns[0]!.numbers!]).toEqual([1.15, -0.07]);
  });

  test("leaves a nested column out and says so; refuses a file of nothing else", async () => {
    const schema = [
      { name: "root", num_children: 2 },
      {
        name: "tags",
        repetition_type: "OPTIONAL",
        converted_type: "LIST",
        num_children: 1,
      } as const,
      { name: "list", repetition_type: "REPEATED", num_children: 1 } as const,
      { name: "element", repetition_type: "OPTIONAL", type: "INT32" } as const,
      { name: "size", repetition_type: "REQUIRED", type: "INT32" } as const,
    ];
    const tags = { name: "tags", data: [[1, 2], [3]] };
    const { profile } = await read(parquetOf([tags, { name: "size", data: [5, 6] }], { schema }));
    expect(profile.columns.map(({ name }) => name)).toEqual(["size"]);
    expect(profile.warnings).toMatchObject([{ code: "nested_column", column: "tags" }]);
    const alone = parquetOf([tags], {
      schema: [{ name: "root", num_children: 1 }, ...schema.slice(1, 4)],
    });
    await expect(read(alone)).rejects.toMatchObject({
      code: "no_table",
      details: { columns: "tags" },
    });
  });

  test("refuses every part of a file", async () => {
    const bytes = await encodeParquet({ size: [1, 2, 3], kind: ["a", null, "b"] });
    for (let length = 1; length < bytes.length; length++) {
      await expect(read(bytes.slice(0, length))).rejects.toMatchObject({ name: "EngineError" });
    }
  });

  test("reads rows of several groups, wherever they are cut", async () => {
    const data = Array.from({ length: 2500 }, (_, i) => i);
    const bytes = parquetOf([{ name: "n", data, type: "INT32" }], { rowGroupSize: 1000 });
    const { file } = await read(bytes);
    const texts = await finish(parquetReader.texts(sourceOf(bytes), file, 990, 2010));
    expect(texts.map(([n]) => Number(n))).toEqual(data.slice(990, 2010));
  });
});

describe("readRuns", () => {
  test("reads runs and packed groups", () => {
    const packed = [3, 0b10001000, 0b11000110, 0b11111010];
    expect([...readRuns(Uint8Array.of(...packed, 6, 5), 3, 11)]).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7],
      ...[5, 5, 5],
    ]);
  });

  test.each([
    ["claims more than there is", [3, 0], 3, 8],
    ["never ends", [255, 255, 255, 255, 255, 255], 1, 8],
    ["is wider than a number", [2, 1], 33, 1],
    ["is empty", [], 1, 1],
  ])("refuses what %s", (_, bytes, width, count) => {
    expect(() => readRuns(Uint8Array.from(bytes), width, count)).toThrow("damaged");
  });
});
