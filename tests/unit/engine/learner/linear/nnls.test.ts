import { describe, expect, it } from "vitest";

import { solveNonNegative } from "../../../../../src/engine/learner/linear/nnls";
import { fromRows, type Matrix, zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";

function products(columns: readonly Float64Array[], y: Float64Array) {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const gram = fromRows(columns.map((a) => columns.map((b) => dot(a, b))));
  return { gram, target: Float64Array.from(columns, (a) => dot(a, y)) };
}

function gradient({ data, cols }: Matrix, target: Float64Array, v: Float64Array): number[] {
  return [...target].map((c, i) => v.reduce((sum, x, j) => sum + data[i * cols + j]! * x, -c));
}

describe("solveNonNegative", () => {
  it("is the least-squares solution where that is positive, and clips it where columns are orthogonal", () => {
    const gram = fromRows([
      [2, 0, 0],
      [0, 4, 0],
      [0, 0, 1],
    ]);
    const v = solveNonNegative(gram, Float64Array.of(6, -8, 5));
    [3, 0, 5].forEach((expected, i) => expect(v[i]).toBeCloseTo(expected, 8));
  });

  it("finds the non-negative weights that made the numbers", () => {
    const random = seededRandom(2);
    const columns = Array.from({ length: 6 }, () => new Float64Array(40).map(() => normal(random)));
    const truth = [0.5, 0, 2, 0, 0.1, 0];
    const y = new Float64Array(40).map((_, i) =>
      truth.reduce((sum, v, j) => sum + v * columns[j]![i]!, 0),
    );
    const { gram, target } = products(columns, y);
    solveNonNegative(gram, target).forEach((v, j) => expect(v).toBeCloseTo(truth[j]!, 7));
  });

  it("meets the conditions of optimality on random problems of like columns", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const base = new Float64Array(30).map(() => normal(random));
      const columns = Array.from({ length: 12 }, () => base.map((x) => x + 0.1 * normal(random)));
      const y = base.map((x) => x - 0.5 + normal(random));
      const { gram, target } = products(columns, y);
      const v = solveNonNegative(gram, target);
      gradient(gram, target, v).forEach((slope, i) => {
        expect(v[i]).toBeGreaterThanOrEqual(0);
        expect(slope).toBeGreaterThan(-1e-5);
        if (v[i]! > 0) expect(slope).toBeLessThan(1e-5);
      });
    }
  });

  it("shares between equal columns, and gives nothing to columns of zeros", () => {
    const gram = fromRows([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    const v = solveNonNegative(gram, Float64Array.of(2, 2, 0));
    expect(v[0]! + v[1]!).toBeCloseTo(2, 6);
    expect(v[2]).toBe(0);
    expect([...solveNonNegative(zeros(2, 2), new Float64Array(2))]).toEqual([0, 0]);
  });
});
