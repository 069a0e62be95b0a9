import { describe, expect, it } from "vitest";

import { toWire } from "../../../../src/contracts/wire/wire-rkme";
import { sketchRequirement } from "../../../../src/contracts/wire/wire-sketch";
import { fromRows } from "../../../../src/engine/ground/matrix";
import { coarseCount } from "../../../../src/engine/specification/coarse-count";
import { decodeStat, encodeStat } from "../../../../src/engine/specification/files/codec";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

const counts = Array.from({ length: 19_999 }, (_, count) => count + 1);

describe("coarseCount", () => {
  it.each([
    [0, 0],
    [7, 1],
    [10, 10],
    [43, 40],
    [99, 90],
    [101, 100],
    [1999, 1900],
    [123_456, 120_000],
  ])("makes %i %i", (count, rounded) => {
    expect(coarseCount(count)).toBe(rounded);
  });

  it("never says more rows than there are, and the same of at least nine counts", () => {
    const alike = new Map<number, number>();
    for (const count of counts) {
      const coarse = coarseCount(count);
      expect(coarse).toBeLessThanOrEqual(count);
      expect(coarseCount(coarse)).toBe(coarse);
      alike.set(coarse, (alike.get(coarse) ?? 0) + 1);
    }
    expect(Math.min(...alike.values())).toBe(9);
  });
});

describe("a count of rows under a hundred", () => {
  const points = fromRows([[0.5]]);
  const weights = Float64Array.of(1);
  const rkme = { points, weights, kernel: gaussianKernel(0.1), rowCount: 43 };

  it("is sent coarsely, with an outline and with a noisy one", () => {
    expect(toWire(rkme).rowCount).toBe(40);
    const noisy = { sketch: new Float32Array(512), rowCount: 43, epsilon: 1, delta: 1e-5 };
    expect(sketchRequirement(noisy, { id: "homes", version: 1 })).toMatchObject({ rowCount: 40 });
  });

  it("is written coarsely into stat.json", () => {
    const stat = encodeStat(rkme, { space: "homes", spaceVersion: 1, radiusSquared: 1 });
    expect(decodeStat(stat).rkme.rowCount).toBe(40);
    expect(stat).not.toContain("43");
  });
});
