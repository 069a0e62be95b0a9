import { expect, test } from "vitest";

import { isTooNoisy } from "../../../../src/workflows/find/privacy";

test("the noise is too loud below a thousand rows at ε = 1, and for fewer at a larger ε", () => {
  expect(isTooNoisy(990, 1)).toBe(true);
  expect(isTooNoisy(1000, 1)).toBe(false);
  expect(isTooNoisy(600, 4)).toBe(false);
  expect(isTooNoisy(1500, 0.5)).toBe(true);
});
