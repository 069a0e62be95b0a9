import fc from "fast-check";
import { expect, test } from "vitest";

import { ColumnAccumulator } from "../../../../../../src/engine/kinds/table/columns/accumulator";
import type { StoredColumn } from "../../../../../../src/engine/kinds/table/columns/stored-column";
import { detectType } from "../../../../../../src/engine/kinds/table/columns/detect-type";

const style = { decimal: "." } as const;

function filled(fill: (column: ColumnAccumulator) => void): StoredColumn {
  const column = new ColumnAccumulator(style);
  fill(column);
  return column.finish("value");
}

/** Everything that a column tells of itself. */
function told(column: StoredColumn) {
  const { numbers, dates, codes } = column;
  // How a missing value is spelt is known of texts alone.
  return { ...column, marks: null, part: column.part(0, 1).codes, numbers, dates, codes };
}

test("numbers come out as their texts do, to the last figure kept", () => {
  const cell = fc.oneof(
    fc.double(),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(NaN, Infinity, -0, 0.1, 1e21, 2 ** 53 + 2),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 1200 }), (cells) => {
      const typed = filled((column) => cells.forEach((value) => column.addNumber(value)));
      const texts = filled((column) => cells.forEach((value) => column.add(String(value))));
      expect(told(typed)).toEqual(told(texts));
    }),
    { numRuns: 30 },
  );
});

test("more different numbers than are kept by value stay numbers", () => {
  const typed = filled((column) => {
    for (let i = 0; i < 3000; i++) column.addNumber(i / 7);
  });
  expect(typed.hasCodes).toBe(false);
  expect(typed.numbers![2999]).toBe(2999 / 7);
});

test("booleans and dates are known for what they are", () => {
  const truth = filled((column) => {
    [true, false, true].forEach((value) => column.addBoolean(value));
    column.addMissing();
  });
  expect(detectType(truth, true)).toBe("boolean");
  expect([...truth.codes!]).toEqual([0, 1, 0, -1]);
  const days = [Date.UTC(2024, 1, 29), NaN, Date.UTC(1969, 6, 20, 20, 17, 40, 123)];
  const dates = filled((column) => days.forEach((day) => column.addDate(day)));
  expect(detectType(dates, true)).toBe("date");
  expect([...dates.dates!]).toEqual(days);
  expect(dates.categories).toEqual(["2024-02-29", "1969-07-20T20:17:40.123Z"]);
});

test("typed cells and texts may stand in one column", () => {
  const mixed = filled((column) => {
    column.add("2024-02-29");
    column.addDate(Date.UTC(2024, 1, 29));
    column.add("");
    column.addDate(Date.UTC(2024, 2, 1));
  });
  expect([...mixed.codes!]).toEqual([0, 0, -1, 1]);
  expect(mixed.dated).toBe(3);
});
