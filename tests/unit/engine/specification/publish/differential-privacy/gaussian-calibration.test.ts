import { describe, expect, test } from "vitest";

import {
  gaussianDelta,
  gaussianMultiplier,
} from "../../../../../../src/engine/specification/publish/differential-privacy/gaussian-calibration";
import {
  logNormalTail,
  normalTail,
} from "../../../../../../src/engine/specification/publish/differential-privacy/normal-tail";

describe("the normal tail", () => {
  test.each([
    [-1.96, 0.97500210485178],
    [0, 0.5],
    [1, 0.158655253931457],
    [2.5, 0.006209665325776],
    [3, 0.00134989803163],
    [6, 9.865876450377e-10],
    [20, 2.753624118606e-89],
  ])("P(N > %d) is %d", (x, expected) => {
    expect(normalTail(x) / expected).toBeCloseTo(1, 10);
  });

  test("keeps its logarithm where it is too small itself", () => {
    expect(logNormalTail(50)).toBeCloseTo(-1254.831361, 5);
  });
});

describe("how much noise privacy takes", () => {
  // Balle and Wang's calibration at δ = 1e-5, as computed by their published code.
  test.each([
    [0.5, 7.03],
    [1, 3.73],
    [2, 1.99],
    [4, 1.08],
    [8, 0.6],
  ])("for ε = %d is %d times the sensitivity", (epsilon, expected) => {
    expect(gaussianMultiplier({ epsilon, delta: 1e-5 })).toBeCloseTo(expected, 2);
  });

  test("is exactly enough", () => {
    for (const epsilon of [0.01, 0.5, 3, 10]) {
      for (const delta of [1e-9, 1e-5, 0.1]) {
        const multiplier = gaussianMultiplier({ epsilon, delta });
        expect(gaussianDelta(multiplier, epsilon)).toBeLessThanOrEqual(delta);
        expect(gaussianDelta(multiplier * 0.999, epsilon)).toBeGreaterThan(delta);
      }
    }
  });

  test.each([
    { epsilon: 0, delta: 1e-5 },
    { epsilon: Infinity, delta: 1e-5 },
    { epsilon: Number.NaN, delta: 1e-5 },
    { epsilon: 1, delta: 0 },
    { epsilon: 1, delta: 1 },
  ])("refuses $epsilon, $delta", (budget) => {
    expect(() => gaussianMultiplier(budget)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });
});
