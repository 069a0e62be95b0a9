import { expect, test } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { squaredDistance } from "../../../../../src/engine/specification/kernel/gaussian";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { clusterRows } from "../../../../../src/engine/specification/reduce/cluster";
import { drawBack, dropBreaking } from "../../../../../src/engine/specification/reduce/draw-back";

const rules = { fewestRows: 5, closest: 0.001 };

test.for([2, 10, 60])("clusters of %i dimensions have the rows they should", async (d) => {
  const x = gaussian(400, d);
  const rows = await new ReferenceCompute().load(x);
  const options = { count: 30, fewest: 5 };
  const centres = await finish(clusterRows(rows, x, options, seededRandom(1)));
  expect(centres.rows).toBe(30);
  expect(Math.min(...behind(x, centres))).toBeGreaterThanOrEqual(5);
});

test("fewer different rows than clusters make fewer clusters, one on each", async () => {
  const x = { data: Float32Array.from({ length: 60 }, (_, i) => i % 3), rows: 60, cols: 1 };
  const rows = await new ReferenceCompute().load(x);
  const centres = await finish(clusterRows(rows, x, { count: 8, fewest: 1 }, seededRandom(1)));
  expect([...centres.data].sort()).toEqual([0, 1, 2]);
});

test("a goal that keeps the rules is reached", async () => {
  const x = gaussian(400, 2);
  const rows = await new ReferenceCompute().load(x);
  const from = fromRows([
    [1.001, 1],
    [-1, -1.001],
  ]);
  const to = fromRows([
    [0.5001, 0.5],
    [-0.5, -0.5001],
  ]);
  expect(await drawBack(rows, from, to, rules)).toBe(to);
});

test("a point on a row, and one with too few rows, turn back until they break no rule", async () => {
  const x = gaussian(400, 2);
  const rows = await new ReferenceCompute().load(x);
  const from = fromRows([
    [0, 1.0001],
    [0, -1.0001],
    [1.0001, 0],
  ]);
  const to = fromRows([
    [x.data[0]!, x.data[1]!],
    [0, -60],
    [1.0002, 0],
  ]);
  const at = await drawBack(rows, from, to, rules);
  expect(at.rows).toBe(3);
  expectKept(x, at);
  expect([...at.data]).not.toEqual([...from.data]);
});

test.for([3, 40])(
  "whatever the goal in %i dimensions, what comes back keeps the rules",
  async (d) => {
    const x = gaussian(300, d);
    const rows = await new ReferenceCompute().load(x);
    const clusters = await finish(clusterRows(rows, x, { count: 25, fewest: 5 }, seededRandom(1)));
    const from = await dropBreaking(rows, clusters, rules);
    for (const scale of [0.1, 1, 4]) {
      const random = seededRandom(9);
      const to = { ...from, data: from.data.map((z) => z + scale * normal(random)) };
      const at = await drawBack(rows, from, to, rules);
      expect(at.rows).toBeGreaterThan(0.7 * from.rows);
      expectKept(x, at);
    }
  },
);

test("points that break a rule are dropped, and only they", async () => {
  const x = gaussian(400, 2);
  const rows = await new ReferenceCompute().load(x);
  const points = fromRows([
    [0.0101, 0.3],
    [90, 90],
    [-1.01, 0],
  ]);
  const kept = await dropBreaking(rows, points, rules);
  expect([...kept.data]).toEqual([0.0101, 0.3, -1.01, 0]);
});

function expectKept(x: Matrix<Float32Array>, points: Matrix<Float64Array>): void {
  expect(Math.min(...behind(x, points))).toBeGreaterThanOrEqual(rules.fewestRows);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < points.rows; j++) {
      expect(squaredDistance(x, i, points, j)).toBeGreaterThan(rules.closest ** 2);
    }
  }
}

/** Rows behind each point, counted pair by pair. */
function behind(x: Matrix<Float32Array>, points: Matrix<Float64Array>): number[] {
  const counts = new Array<number>(points.rows).fill(0);
  for (let i = 0; i < x.rows; i++) {
    const distances = Array.from(counts.keys(), (j) => squaredDistance(x, i, points, j));
    counts[distances.indexOf(Math.min(...distances))]!++;
  }
  return counts;
}

function gaussian(rows: number, cols: number): Matrix<Float32Array> {
  const random = seededRandom(rows + cols);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
