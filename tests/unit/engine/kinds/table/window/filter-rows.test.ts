import { describe, expect, test } from "vitest";

import { retype } from "../../../../../../src/engine/kinds/table/columns/typed-table";
import {
  type ColumnFilter,
  filterRows,
} from "../../../../../../src/engine/kinds/table/window/filter-rows";
import { read } from "../../../../../fixtures/table/read-text";

const filter = (column: number, more: Partial<ColumnFilter>): ColumnFilter => ({
  column,
  ...{ bins: [], values: [], missing: false },
  ...more,
});

const TEXT = `size,kind\n${Array.from({ length: 100 }, (_, i) => `${i === 7 ? "" : i * 0.37},${i % 3 === 0 ? "red" : "blue"}`).join("\n")}\n`;

describe("rows by a bar", () => {
  test("are as many as the bar is high, whichever bar it is", async () => {
    const table = await read(TEXT);
    const { histogram } = table.profile.columns[0]!;
    for (const [bin, count] of histogram!.entries()) {
      expect(filterRows(table, [filter(0, { bins: [bin] })])).toHaveLength(count);
    }
    const all = filterRows(table, [filter(0, { bins: histogram!.map((_, bin) => bin) })]);
    expect(all).toHaveLength(99);
  });

  test("of one column are any of them, of several columns all", async () => {
    const table = await read(TEXT);
    const few = filterRows(table, [filter(0, { bins: [0, 19] })]);
    expect([...few]).toEqual([0, 1, 2, 3, 4, 95, 96, 97, 98, 99]);
    const red = filterRows(table, [filter(0, { bins: [0, 19] }), filter(1, { values: ["red"] })]);
    expect([...red]).toEqual([0, 3, 96, 99]);
  });

  test("may be those without a value", async () => {
    const table = await read(TEXT);
    expect([...filterRows(table, [filter(0, { missing: true })])]).toEqual([7]);
  });

  test("follow the type in force", async () => {
    const table = retype(await read(TEXT), 0, "category");
    expect([...filterRows(table, [filter(0, { values: ["0.74"] })])]).toEqual([2]);
  });

  test("of no column, or of texts that are not kept, are refused by code", async () => {
    const table = await read(TEXT);
    expect(() => filterRows(table, [filter(5, {})])).toThrow("no column 5");
    const texts = Array.from({ length: 1500 }, (_, i) => `some text ${i}`).join("\n");
    const long = await read(`note,size\n${texts.replaceAll("\n", ",1\n")},1\n`);
    expect(() => filterRows(long, [filter(0, { values: ["some text 1"] })])).toThrow(
      "too many values",
    );
  });
});
