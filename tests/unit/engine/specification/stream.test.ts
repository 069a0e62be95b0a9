import { expect, test } from "vitest";

import {
  randomFeatures,
  sketchOf,
} from "../../../../src/engine/specification/kernel/random-features";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { secretOf } from "../../../fixtures/secret";
import { describeStream, RowStreamSummary } from "../../../../src/engine/specification/stream";

const features = randomFeatures({ cols: 3, gamma: 0.2, seed: "stream", count: 64 });

test("the sketch of blocks is that of all rows, however they are cut", async () => {
  const x = normals(5000, 3);
  const summary = new RowStreamSummary(new ReferenceCompute(), features, {
    sample: 100,
    secret: secretOf(1),
  });
  for (const block of cut(x, [1, 0, 99, 100, 1800, 3000])) await summary.add(block);
  expect(summary.rows).toBe(5000);
  const exact = sketchOf(x, null, features);
  summary.sketch.forEach((value, j) => expect(value).toBeCloseTo(exact[j]!, 12));
});

test("a stream is described for all of its rows, by a sample that resembles them", async () => {
  const compute = new ReferenceCompute();
  const summary = new RowStreamSummary(compute, features, {
    sample: 1000,
    secret: secretOf(1),
  });
  for (const block of cut(normals(20_000, 3), [8000, 12_000])) await summary.add(block);
  const steps = describeStream(compute, summary, features, { count: 5, secret: secretOf(1) });
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  const { rkme, sampleRows, sampleMmd2, sketch } = step.value;
  expect([rkme.rowCount, sampleRows, sketch.length]).toEqual([20_000, 1000, 64]);
  // About (1 − ‖mean‖²) / 1000, and less than three times that.
  expect(sampleMmd2).toBeGreaterThan(0);
  expect(sampleMmd2).toBeLessThan(3e-3);
});

function* cut(x: Matrix<Float32Array>, sizes: readonly number[]) {
  let first = 0;
  for (const rows of sizes) {
    const data = x.data.slice(first * x.cols, (first + rows) * x.cols);
    yield { data, rows, cols: x.cols };
    first += rows;
  }
}

function normals(rows: number, cols: number): Matrix<Float32Array> {
  const random = seededRandom(rows);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
