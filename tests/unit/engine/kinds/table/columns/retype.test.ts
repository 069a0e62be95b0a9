import { describe, expect, test } from "vitest";

import { retype } from "../../../../../../src/engine/kinds/table/columns/typed-table";
import { read } from "../../../../../fixtures/table/read-text";

const TEXT =
  "flag,colour,size,day\n1,red,1.5,2021-01-28\n0,blue,oops,2021-01-29\n,red,2,2021-01-30\n1,red,3,2021-01-31\n";

describe("retype", () => {
  test("zeros and ones may be booleans", async () => {
    const before = await read(TEXT);
    expect(before.profile.columns[0]!.possible).toEqual([
      ...["number", "integer", "boolean", "category"],
      ...["text", "identifier"],
    ]);
    const after = retype(before, 0, "boolean");
    expect(after.table.columns[0]).toMatchObject({ type: "boolean" });
    expect([...after.table.columns[0]!.numbers!]).toEqual([1, 0, NaN, 1]);
    expect(after.profile.columns[0]).toMatchObject({
      type: "boolean",
      detected: "integer",
      count: 3,
    });
    expect(before.profile.columns[0]!.type).toBe("integer");
  });

  test("numbers may be a category and back", async () => {
    const before = await read(TEXT);
    const category = retype(before, 0, "category");
    expect(category.table.columns[0]).toMatchObject({ numbers: null, categories: ["1", "0"] });
    expect(category.profile.columns[0]!.top).toEqual([
      { value: "1", count: 2 },
      { value: "0", count: 1 },
    ]);
    expect(retype(category, 0, "integer").profile).toEqual(before.profile);
  });

  test("a column that is mostly numbers may be numbers, and warns of the rest", async () => {
    const before = await read(TEXT);
    expect(before.profile.columns[2]!.type).toBe("category");
    const after = retype(before, 2, "number");
    expect([...after.table.columns[2]!.numbers!]).toEqual([1.5, NaN, 2, 3]);
    expect(after.profile.warnings).toEqual([
      { code: "unreadable_numbers", column: "size", count: 1, rows: [2] },
    ]);
    expect(retype(after, 2, "category").profile.warnings).toEqual([
      { code: "not_all_numbers", column: "size", count: 1, rows: [2] },
    ]);
  });

  test("words cannot be numbers, booleans or dates", async () => {
    const before = await read(TEXT);
    expect(before.profile.columns[1]!.possible).toEqual(["category", "text", "identifier"]);
    for (const type of ["number", "integer", "boolean", "date", "constant"] as const) {
      expect(() => retype(before, 1, type)).toThrow(
        expect.objectContaining({
          code: "type_not_possible",
          details: { column: "colour", type },
        }),
      );
    }
  });

  test("dates may be shown as words", async () => {
    const after = retype(await read(TEXT), 3, "category");
    expect(after.profile.columns[3]).toMatchObject({ type: "category", range: null });
  });

  test("refuses a column that is not there", async () => {
    const before = await read(TEXT);
    expect(() => retype(before, 4, "text")).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });
});
