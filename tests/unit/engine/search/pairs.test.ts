import { describe, expect, test } from "vitest";

import { innerProduct } from "../../../../src/engine/specification/kernel/mmd";
import { fromRows } from "../../../../src/engine/ground/matrix";
import { seededRandom } from "../../../../src/engine/ground/random";
import {
  coveredShare,
  packRkme,
  type ReachingRkme,
  ReferencePairs,
  selfProduct,
} from "../../../../src/engine/search/pairs";
import { randomRkme } from "../../../fixtures/random-rkme";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

const kernel = new ReferencePairs();

/** Points on a line, of equal weight. */
function line(points: number[], radiusSquared = 0): ReachingRkme {
  const weights = new Float64Array(points.length).fill(1 / points.length);
  const rkme = {
    points: fromRows(points.map((x) => [x])),
    weights,
    kernel: gaussianKernel(1),
    rowCount: 1,
  };
  return { ...packRkme(rkme), radiusSquared };
}

describe("ReferencePairs", () => {
  test("sums kernels as the inner product of reduced sets does", () => {
    const random = seededRandom(1);
    const one = randomRkme(random, [7, 3]);
    const others = [1, 4, 9].map((rows) => randomRkme(random, [rows, 3]));
    const packed = others.map((other) => ({ ...packRkme(other), radiusSquared: 1 }));
    kernel.compare(packRkme(one), one.kernel.gamma, packed).forEach(({ cross }, i) => {
      expect(cross).toBeCloseTo(innerProduct(one, others[i]!), 14);
    });
    expect(selfProduct(kernel, packRkme(one), one.kernel.gamma)).toBeCloseTo(
      innerProduct(one, one),
      14,
    );
  });

  test("marks the points within reach of any of the others, the reach included", () => {
    const one = line([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const compared = kernel.compare(one, 1, [line([0, 9], 4), line([100], 9), line([3])]);
    expect(compared.map(({ covered }) => [...covered])).toEqual([
      [0b1000_0111, 0b11],
      [0, 0],
      [0b1000, 0],
    ]);
  });

  test("refuses other dimensions, empty sets, torn bytes and no kernel width", () => {
    const one = line([1, 2]);
    const wide = { ...one, cols: 2, points: new Uint8Array(16) };
    const empty = { ...one, rows: 0, points: new Uint8Array(0), weights: new Uint8Array(0) };
    for (const other of [wide, empty, { ...one, weights: one.weights.subarray(1) }]) {
      expect(() => kernel.compare(one, 1, [other])).toThrow(
        expect.objectContaining({ code: "shape_mismatch" }),
      );
    }
    expect(() => kernel.compare(one, 0, [])).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });
});

test("the covered share counts weights, negative ones as nothing", () => {
  const weights = Float64Array.of(0.5, -1, 0.25, 0.25);
  expect(coveredShare(weights, Uint8Array.of(0b0101))).toBe(0.75);
  expect(coveredShare(weights, Uint8Array.of(0b0010))).toBe(0);
  expect(coveredShare(Float64Array.of(0, -1), Uint8Array.of(0b11))).toBe(0);
});
