import { expect, test } from "vitest";

import { otherUnits } from "../../../../src/workflows/own/reading";

test("columns in another unit than the rows learned from are told, those that lack are not", () => {
  const learned = [
    { name: "width", unit: "cm" },
    { name: "price", unit: null },
    { name: "age", unit: "years" },
    { name: "load", unit: "kg" },
  ];
  const here = [
    { name: "Width", unit: "mm" },
    { name: "price", unit: "€" },
    { name: "load", unit: "kg" },
  ];
  expect(otherUnits(learned, here)).toEqual([
    { name: "width", here: "mm", learned: "cm" },
    { name: "price", here: "€", learned: null },
  ]);
});
