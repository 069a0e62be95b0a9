import { expect, test } from "vitest";

import { isTooNoisy } from "../../../../src/workflows/find/describe/too-noisy";

test("the noise is too loud below a thousand rows at ε = 1, and for fewer at a larger ε", () => {
  expect(isTooNoisy(990, 1, {})).toBe(true);
  expect(isTooNoisy(1000, 1, {})).toBe(false);
  expect(isTooNoisy(600, 4, {})).toBe(false);
  expect(isTooNoisy(1500, 0.5, {})).toBe(true);
});

test("on a book of 256 points half as many rows are enough", () => {
  const book = { sha256: "0".repeat(64), points: 256 };
  expect(isTooNoisy(490, 1, { book })).toBe(true);
  expect(isTooNoisy(510, 1, { book })).toBe(false);
  expect(isTooNoisy(300, 4, { book })).toBe(false);
});
