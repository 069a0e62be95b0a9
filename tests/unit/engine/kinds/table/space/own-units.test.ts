import { expect, test } from "vitest";

import { inOwnUnits } from "../../../../../../src/engine/kinds/table/space/own-units";
import {
  category,
  everyRow,
  islandOf,
  number,
  numbers,
  scaledBy,
  tableOf,
  values,
} from "../islands";

const island = islandOf([
  number("size", 60, 12),
  category("kind", "flat", "house"),
  number("age", 30, 20),
]);
const table = tableOf(
  numbers("size", [48, 72]),
  values("kind", ["house", "flat"]),
  numbers("age", [0, 100]),
);
const { points } = everyRow(scaledBy(island, table), island.kernel.gamma);

test("points read as rows of the table that they were made of", () => {
  const matches = [
    { feature: "size", column: 0 },
    { feature: "kind", column: 1 },
    { feature: "age", column: 2 },
  ];
  const { columns, cells } = inOwnUnits(points, island, matches);
  expect(columns).toEqual([0, 1, 2]);
  [48, 72].forEach((size, i) => expect(cells[i]![0]).toBeCloseTo(size, 4));
  ["house", "flat"].forEach((value, i) => expect(cells[i]![1]).toMatchObject({ value }));
  expect(cells[0]![2], "what rounding leaves of 0").toBe(0);
  expect(cells[1]![2]).toBeCloseTo(100, 4);
});

test("a point between two kinds tells the commoner, and how common it is", () => {
  const [first, second] = [points.data.slice(0, 4), points.data.slice(4)];
  const mixed = first.map((value, k) => 0.75 * value + 0.25 * second[k]!);
  const point = { data: mixed, rows: 1, cols: 4 };
  const [row] = inOwnUnits(point, island, [{ feature: "kind", column: 5 }]).cells;
  expect(row).toEqual([{ value: "house", share: expect.closeTo(0.75, 4) as number }]);
});

test("what the table lacks is not told as if it were the table's", () => {
  const matches = [
    { feature: "size", column: null },
    { feature: "kind", column: null },
    { feature: "age", column: 7 },
  ];
  const { columns, cells } = inOwnUnits(points, island, matches);
  expect(columns).toEqual([7]);
  expect(cells.map((row) => row.length)).toEqual([1, 1]);
});
