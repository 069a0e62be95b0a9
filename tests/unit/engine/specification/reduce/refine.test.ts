import { expect, test } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import {
  evaluatePoints,
  weighPoints,
} from "../../../../../src/engine/specification/reduce/objective";
import { refinePoints } from "../../../../../src/engine/specification/reduce/refine";

const options = { gamma: 0.3, ridge: 1e-12 };

test("the gradient is that of the squared MMD at the best weights", async () => {
  const rows = await new ReferenceCompute().load(singles(80, 3));
  const points = doubles(6, 3);
  const { gradient, value } = await evaluatePoints(rows, points, options);
  expect((await weighPoints(rows, points, options)).value).toBeCloseTo(value, 12);
  const step = 1e-5;
  for (let k = 0; k < points.data.length; k++) {
    const moved = async (by: number) => {
      const data = points.data.slice();
      data[k]! += by;
      return (await weighPoints(rows, { ...points, data }, options)).value;
    };
    const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
    // The remainder of a central difference is of order step² = 1e-10.
    expect(gradient[k]).toBeCloseTo(slope, 8);
  }
});

test("refining goes downhill, in single precision", async () => {
  const rows = await new ReferenceCompute().load(singles(200, 2));
  const data = doubles(5, 2).data.map(Math.fround);
  const start = await evaluatePoints(rows, { data, rows: 5, cols: 2 }, options);
  let value = start.value;
  for (const evaluations of [2, 5, 20]) {
    const refined = await finish(refinePoints(rows, start, { ...options, evaluations }));
    expect(refined.value).toBeLessThan(value);
    expect(refined.points.data.every((z) => Math.fround(z) === z)).toBe(true);
    expect(refined.stalled).toBe(false);
    value = refined.value;
  }
});

test("refining says when there is no way further down", async () => {
  const x = { data: Float32Array.of(-1, 1), rows: 2, cols: 1 };
  const rows = await new ReferenceCompute().load(x);
  const middle = { data: Float64Array.of(0), rows: 1, cols: 1 };
  const start = await evaluatePoints(rows, middle, options);
  const refined = await finish(refinePoints(rows, start, { ...options, evaluations: 5 }));
  expect(refined).toMatchObject({ points: middle, stalled: true });
});

function doubles(rows: number, cols: number): Matrix<Float64Array> {
  const random = seededRandom(rows);
  return { data: Float64Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}

function singles(rows: number, cols: number): Matrix<Float32Array> {
  return { ...doubles(rows, cols), data: Float32Array.from(doubles(rows, cols).data) };
}
