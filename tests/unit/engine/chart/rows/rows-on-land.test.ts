import { describe, expect, test } from "vitest";

import { isOnLand, learntLand } from "../../../../../src/engine/chart/rows/learnt-land";
import { onPlane, partingPlanes } from "../../../../../src/engine/chart/rows/parting-plane";
import { rowsOnLand } from "../../../../../src/engine/chart/rows/rows-on-land";
import { type Matrix, zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

const D = 8;
const N = 300;

/** Rows around 0, every third of them far out in one column; and a specification of what lies around 0. */
function market() {
  const random = seededRandom(5);
  const x: Matrix<Float32Array> = { data: new Float32Array(N * D), rows: N, cols: D };
  const covered = new Uint8Array(N);
  for (let i = 0; i < N; i++) {
    const isOut = i % 3 === 0;
    covered[i] = isOut ? 0 : 1;
    for (let j = 0; j < D; j++) x.data[i * D + j] = normal(random) + (isOut && j === 5 ? 9 : 0);
  }
  const points = zeros(20, D);
  points.data.forEach((_, at) => (points.data[at] = 0.8 * normal(random)));
  const weights = new Float64Array(20).fill(1 / 20);
  const rkme = { points, weights, kernel: gaussianKernel(0.1), rowCount: 200 };
  return { x, covered, spec: { id: "a", rkme, radiusSquared: 12 } };
}

describe("rows on a plane", () => {
  test("part where one column parts them, on either side of it", () => {
    const { x, covered, spec } = market();
    expect(rowsOnLand(x, covered, [spec]).astray).toBeLessThan(3);
    // Half of them to the other side: no mean tells them apart any more.
    for (let i = 0; i < N; i += 6) x.data[i * D + 5]! -= 18;
    expect(rowsOnLand(x, covered, [spec]).astray).toBeLessThan(3);
  });

  test("are never farther apart than in truth", () => {
    const { x, covered, spec } = market();
    for (const plane of partingPlanes({ x, covered, ...spec.rkme })) {
      const places = onPlane(x, plane);
      for (let i = 0; i + 1 < N; i++) {
        const drawn = Math.hypot(
          places[2 * i]! - places[2 * i + 2]!,
          places[2 * i + 1]! - places[2 * i + 3]!,
        );
        let squared = 0;
        for (let j = 0; j < D; j++) squared += (x.data[i * D + j]! - x.data[(i + 1) * D + j]!) ** 2;
        expect(drawn).toBeLessThanOrEqual(Math.sqrt(squared) * (1 + 1e-9));
      }
    }
  });

  test("come to lie in the same places again, and within the frame", () => {
    const { x, covered, spec } = market();
    x.data[0] = 1e4;
    const first = rowsOnLand(x, covered, [spec]);
    expect(rowsOnLand(x, covered, [spec])).toEqual(first);
    const [left, top, right, bottom] = first.frame.map((edge) => edge);
    expect(first.beyond).toBeGreaterThan(0);
    first.places.forEach((place, at) => {
      const [least, most] = at % 2 === 0 ? [left!, right!] : [top!, bottom!];
      expect(place).toBeGreaterThanOrEqual(Math.fround(least));
      expect(place).toBeLessThanOrEqual(Math.fround(most));
    });
  });

  test("can be all of one sort, of one column, and all the same", () => {
    const { x, covered, spec } = market();
    expect(rowsOnLand(x, covered.fill(1), [spec]).astray).toBe(0);
    expect(rowsOnLand(x, covered.fill(0), [spec]).places).not.toContain(NaN);
    const line = { data: Float32Array.of(1, 1, 1), rows: 3, cols: 1 };
    const points = { data: Float64Array.of(1), rows: 1, cols: 1 };
    const rkme = { ...spec.rkme, points, weights: Float64Array.of(1) };
    for (const one of [Uint8Array.of(1, 1, 1), Uint8Array.of(1, 0, 1)]) {
      const { places, land } = rowsOnLand(line, one, [{ ...spec, rkme }]);
      expect([...places].every(Number.isFinite)).toBe(true);
      expect(land.coast.length).toBeGreaterThan(0);
    }
  });
});

describe("land where was learnt", () => {
  test("holds 95 % of what a point stands for, as of a Gaussian in the plane", () => {
    const land = learntLand(Float64Array.of(0, 0), Float64Array.of(1), Float64Array.of(2));
    // P(r > R) = exp(−R² / 2w²) = 0.05; to a cell of the grid.
    const edge = 2 * Math.sqrt(-2 * Math.log(0.05));
    const { cell } = land.relief;
    expect(isOnLand(land, edge - 1.5 * cell, 0)).toBe(true);
    expect(isOnLand(land, edge + 1.5 * cell, 0)).toBe(false);
    expect(isOnLand(land, 1e9, 0)).toBe(false);
  });
});
