import { expect, test } from "vitest";

import { heaviestFirst } from "../../../../../../src/app/screens/predict/find/leaves/heaviest-first";

test("bars are of the heaviest points first, and the longest is whole", () => {
  expect(heaviestFirst(Float64Array.of(1, 4, 0, 3))).toEqual([
    { point: 1, share: 0.5, length: 1 },
    { point: 3, share: 0.375, length: 0.75 },
    { point: 0, share: 0.125, length: 0.25 },
    { point: 2, share: 0, length: 0 },
  ]);
});

test("what weighs less than nothing has no bar", () => {
  expect(heaviestFirst(Float64Array.of(-1, 2)).map(({ share }) => share)).toEqual([1, 0]);
});
