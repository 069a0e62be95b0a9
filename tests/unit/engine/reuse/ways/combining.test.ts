import { describe, expect, it } from "vitest";

import { combinationShares } from "../../../../../src/engine/reuse/ways/combining";

/** Two ways whose errors are ±1 and ±`size`, as often together as apart. */
function shares(rows: number, size: number, beliefs = [1, 1]): number[] {
  const values = new Float64Array(rows);
  const said = (error: (row: number) => number) => ({
    data: values.map((_, row) => error(row)),
    rows,
    cols: 1,
  });
  const first = said((row) => (row % 2 === 0 ? 1 : -1));
  const second = said((row) => (row % 4 < 2 ? size : -size));
  return [...combinationShares([first, second], { task: "regression", values }, beliefs)];
}

describe("combinationShares", () => {
  it("weighs ways by their errors on the rows and thirty more of the least loss", () => {
    // Shares are in proportion to 1 / (n · 1 + 30 · 1) and 1 / (n · 4 + 30 · 1).
    for (const n of [20, 52, 400]) {
      const [better, worse] = [1 / (n + 30), 1 / (4 * n + 30)];
      expect(shares(n, 2)[0]).toBeCloseTo(better / (better + worse), 5);
    }
  });

  it("begins at what is believed, and comes to the rows", () => {
    // With belief c those thirty rows are 30 / c of them.
    for (const n of [4, 40, 400]) {
      const [better, worse] = [1 / (n + 30), 1 / (4 * n + 30 / 3)];
      expect(shares(n, 2, [1, 3])[0]).toBeCloseTo(better / (better + worse), 5);
    }
  });

  it("leaves out a way that is far worse, once there are rows enough to tell", () => {
    expect(shares(20, 3)[1]).toBeGreaterThan(0.1);
    expect(shares(400, 6)).toEqual([1, 0]);
  });

  it("takes one way alone that the other only follows with more error", () => {
    const values = new Float64Array(200);
    const errors = values.map((_, row) => (row % 2 === 0 ? 1 : -1));
    const said = (factor: number) => ({ data: errors.map((e) => factor * e), rows: 200, cols: 1 });
    const ways = [said(1), said(2)];
    expect([...combinationShares(ways, { task: "regression", values }, [1, 1])]).toEqual([1, 0]);
  });
});
