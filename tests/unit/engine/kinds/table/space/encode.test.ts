import { describe, expect, test } from "vitest";

import { EngineError } from "../../../../../../src/engine/ground/errors";
import { columnsOf, encodeRows } from "../../../../../../src/engine/kinds/table/space/encode";
import { foundSpace } from "../../../../../../src/engine/kinds/table/space/found";
import { toRows } from "../../../../../../src/engine/ground/matrix";
import type { Column, Table } from "../../../../../../src/engine/kinds/table/columns/column";
import { read } from "../../../../../fixtures/table/read-text";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";

const size: Column = {
  name: "size",
  type: "number",
  numbers: Float64Array.of(1, 3, NaN, 1e9),
  codes: null,
  categories: [],
};
const colour: Column = {
  name: "colour",
  type: "category",
  numbers: null,
  codes: Int32Array.of(0, 1, -1, 2),
  categories: ["Red", "blue", "green"],
};
const table: Table = { rows: 4, columns: [size, colour] };

const island = {
  id: "things",
  version: 1,
  name: "Things",
  description: "",
  profile: "berth" as const,
  features: [
    {
      name: "colour",
      type: "category" as const,
      aliases: [],
      categories: ["red", "blue"],
      center: [0.5, 0.25],
      scale: [0.5, 0.5],
    },
    {
      name: "size",
      type: "number" as const,
      aliases: [],
      categories: [],
      center: [2],
      scale: [0.5],
    },
  ],
  kernel: gaussianKernel(1),
};
const matches = [
  { feature: "colour", column: 1 },
  { feature: "size", column: 0 },
];

describe("encoding rows", () => {
  test("for a model: own units, one column per category, missing as NaN, unknown values as zeros", () => {
    expect(toRows(encodeRows(table, island, matches, { scaled: false }))).toEqual([
      [1, 0, 1],
      [0, 1, 3],
      [NaN, NaN, NaN],
      [0, 0, 1e9],
    ]);
  });

  test("takes a value for the one that it was said to mean, or for none", () => {
    const values = [
      ["GREEN", "blue"],
      ["blue", ""],
    ] as const;
    const joined = [{ feature: "colour", column: 1, values }];
    const { data } = encodeRows(table, island, joined, { features: ["colour"], scaled: false });
    expect([...data]).toEqual([1, 0, 0, 0, NaN, NaN, 0, 1]);
  });

  test("takes a value for the number that it was said to mean, others as they are", () => {
    const codes = Int32Array.of(0, 1, 2, -1);
    const grade: Column = {
      ...{ name: "size", type: "category", numbers: null, codes },
      categories: ["Tall", "7", "none"],
    };
    const truth: Column = { ...grade, type: "boolean", numbers: Float64Array.of(1, 0, 1, NaN) };
    const joined = [{ feature: "size", column: 0, values: [["tall", "9"] as const] }];
    const encode = (column: Column) => {
      const options = { features: ["size"], scaled: false };
      return toRows(encodeRows({ rows: 4, columns: [column] }, island, joined, options)).flat();
    };
    expect(encode(grade)).toEqual([9, 7, NaN, NaN]);
    expect(encode(truth)).toEqual([9, 7, NaN, NaN]);
  });

  test("for describing: centred, scaled, missing at the centre, absurd values pulled in", () => {
    expect(toRows(encodeRows(table, island, matches, { scaled: true }))).toEqual([
      [1, -0.5, -2],
      [-1, 1.5, 2],
      [0, 0, 0],
      [-1, -0.5, 1e4],
    ]);
  });

  test("gives the features a model names in its own order, for some of the rows", () => {
    const block = encodeRows(table, island, matches, {
      features: ["size"],
      from: 1,
      to: 2,
      scaled: false,
    });
    expect(toRows(block)).toEqual([[3]]);
  });

  test("what is encoded already gives the same columns for a model", () => {
    const whole = encodeRows(table, island, matches, { scaled: false });
    for (const features of [["size", "colour"], ["colour"], ["size"]]) {
      const direct = encodeRows(table, island, matches, { scaled: false, features });
      expect(columnsOf(whole, island, features)).toEqual(direct);
    }
    expect(() => columnsOf(whole, island, ["weight"])).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });

  test("some rows of a table that was read are the same as those rows of all", async () => {
    const lines = Array.from({ length: 50 }, (_, i) => `${i % 7},${["red", "blue", ""][i % 3]}`);
    const { table: full } = await read(`size,colour\n${lines.join("\n")}\n`);
    const mapped = [
      { feature: "colour", column: 1 },
      { feature: "size", column: 0 },
    ];
    const all = toRows(encodeRows(full, island, mapped, { scaled: false }));
    const some = toRows(encodeRows(full, island, mapped, { from: 11, to: 40, scaled: false }));
    expect(some).toEqual(all.slice(11, 40));
  });

  test("fills a feature without a column with the island's centre", () => {
    const block = encodeRows(table, island, [], { features: ["size"], to: 1, scaled: false });
    expect(toRows(block)).toEqual([[2]]);
  });

  test("reads numbers out of a column kept as categories", () => {
    const codes: Column = {
      name: "size",
      type: "constant",
      numbers: null,
      codes: Int32Array.of(0, -1),
      categories: ["7"],
    };
    const block = encodeRows(
      { rows: 2, columns: [codes] },
      island,
      [{ feature: "size", column: 0 }],
      {
        features: ["size"],
        scaled: false,
      },
    );
    expect(toRows(block)).toEqual([[7], [NaN]]);
  });

  test("refuses rows outside the table and features the island lacks", () => {
    expect(() => encodeRows(table, island, matches, { to: 5, scaled: true })).toThrow(EngineError);
    expect(() => encodeRows(table, island, matches, { features: ["x"], scaled: true })).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });
});

describe("founding an island", () => {
  const plan = {
    id: "things",
    name: "Things",
    description: "",
    features: [{ column: "size", unit: "m" }, { column: "colour" }],
  };
  const columns: Column[] = [
    { ...size, numbers: Float64Array.of(1, 3, 1, 3) },
    { ...colour, codes: Int32Array.of(0, 0, 1, 1) },
  ];
  const founded = foundSpace(plan, { rows: 4, columns });

  test("centres numbers by their mean and scales them by their deviation", () => {
    expect(founded.features[0]).toMatchObject({
      unit: "m",
      type: "number",
      center: [2],
      scale: [1],
    });
  });

  test("tells ends that are no values, and keeps those of switches and months", () => {
    const rangeOf = (numbers: readonly number[]) => {
      const column = { ...size, numbers: Float64Array.from(numbers) };
      return foundSpace(
        { ...plan, features: [{ column: "size" }] },
        { rows: numbers.length, columns: [column] },
      ).features[0]!.range;
    };
    expect(rangeOf([41.37512, 62.1, 99.81234])).toEqual([41, 100]);
    expect(rangeOf([-0.0371, 0.0012])).toEqual([-0.038, 0.002]);
    expect(rangeOf([0, 1, 1])).toEqual([0, 1]);
    expect(rangeOf([1, 6, 12])).toEqual([1, 12]);
  });

  test("gives categories by share the same spread in all as one number", () => {
    expect(founded.features[1]).toMatchObject({
      categories: ["Red", "blue"],
      center: [0.5, 0.5],
      scale: [0.707107, 0.707107],
    });
  });

  test("sets gamma to one over the median squared distance", () => {
    expect(founded.kernel.gamma).toBeGreaterThan(0.1);
    expect(founded.kernel.gamma).toBeLessThan(1);
  });

  test("refuses a column that is not there", () => {
    const bad = { ...plan, features: [{ column: "weight" }] };
    expect(() => foundSpace(bad, { rows: 4, columns })).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });
});
