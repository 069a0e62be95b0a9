import { describe, expect, test } from "vitest";

import { coverRows, farthestColumns } from "../../../../src/engine/search/covered-rows";
import { fromRows } from "../../../../src/engine/ground/matrix";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";

function specOf(id: string, radiusSquared: number, ...points: [number, number][]) {
  const weights = new Float64Array(points.length).fill(1 / points.length);
  const rkme = { points: fromRows(points), weights, kernel: gaussianKernel(1), rowCount: 10 };
  return { id, rkme, radiusSquared };
}

describe("rows beside several specifications", () => {
  test("are covered by the union of their discs, the edge included", async () => {
    const x = { data: Float32Array.of(0, 0, 3, 0, 10, 0, 14.5, 0), rows: 4, cols: 2 };
    const specs = [specOf("a", 1, [0, 0]), specOf("b", 16, [20, 0], [14, 0])];
    const found = await coverRows(new ReferenceCompute(), x, specs);
    expect([...found.covered]).toEqual([1, 0, 1, 1]);
    // By radii: 3 lies three of them from the first, and 11 / 4 of the other's from its nearest point.
    expect([...found.spec]).toEqual([0, 1, 1, 1]);
    expect([...found.point]).toEqual([0, 1, 1, 1]);
  });
});

describe("the columns in which a row lies farthest off", () => {
  test("are those that make up most of the distance, the farthest first", () => {
    expect(farthestColumns([1, 5, 0, 3], [1, 0, 0.1, 0])).toEqual([1, 3]);
    expect(farthestColumns([2, 2], [2, 2])).toEqual([]);
    expect(farthestColumns([1, 1, 1, 1], [0, 0, 0, 0])).toHaveLength(3);
  });
});
