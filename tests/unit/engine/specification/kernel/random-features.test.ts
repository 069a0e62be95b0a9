import { expect, test } from "vitest";

import { squaredMmd } from "../../../../../src/engine/specification/kernel/mmd";
import {
  randomFeatures,
  sketchOf,
} from "../../../../../src/engine/specification/kernel/random-features";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { sketchContract } from "../../../../browser/compute-sketch.suite";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

sketchContract();

test.for([
  [2, 0.3],
  [20, 0.025],
] as const)(
  "in %i columns the squared distance of sketches is the squared MMD on average",
  ([cols, gamma]) => {
    const random = seededRandom(cols);
    for (let pair = 0; pair < 4; pair++) {
      const [a, b] = [pointSet(cols, 0, random), pointSet(cols, pair / 4, random)];
      const kernel = gaussianKernel(gamma);
      const exact = squaredMmd({ ...a, kernel, rowCount: 1 }, { ...b, kernel, rowCount: 1 });
      const estimates = Array.from({ length: 200 }, (_, i) => {
        const features = randomFeatures({ cols, gamma, seed: `${pair} ${i}`, count: 64 });
        return squaredDistance(
          sketchOf(a.points, a.weights, features),
          sketchOf(b.points, b.weights, features),
        );
      });
      const mean = estimates.reduce((sum, value) => sum + value) / estimates.length;
      const variance =
        estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (estimates.length - 1);
      // Four standard errors: one in 16 000 fails by chance, and the seeds are fixed.
      expect(Math.abs(mean - exact)).toBeLessThan(4 * Math.sqrt(variance / estimates.length));
    }
  },
);

test("frequencies of a block are orthogonal, and as long as normal vectors are", () => {
  const [cols, gamma] = [8, 0.5];
  const { frequencies } = randomFeatures({ cols, gamma, seed: "length", count: 4096 });
  const row = (i: number) => frequencies.data.subarray(i * cols, (i + 1) * cols);
  let squares = 0;
  for (let i = 0; i < frequencies.rows; i++) {
    squares += dot(row(i), row(i));
    for (let j = i - (i % cols); j < i; j++) expect(dot(row(i), row(j))).toBeCloseTo(0, 10);
  }
  // E‖ω‖² = 2 · gamma · d = 8, with a standard deviation of 4 / √2048 = 0.09 here.
  expect(Math.abs(squares / frequencies.rows - 8)).toBeLessThan(0.4);
});

test("a sketch without weights is that of equal weights", () => {
  const features = randomFeatures({ cols: 2, gamma: 1, seed: "equal", count: 16 });
  const points = fromRows([
    [0, 1],
    [2, 3],
  ]);
  const equal = sketchOf(points, Float64Array.of(0.5, 0.5), features);
  const plain = sketchOf(points, null, features);
  plain.forEach((value, i) => expect(value).toBeCloseTo(equal[i]!, 14));
  expect(
    dot(sketchOf(fromRows([[5, 7]]), null, features), sketchOf(fromRows([[5, 7]]), null, features)),
  ).toBeCloseTo(1, 12);
});

test("refuses settings that name no features, and points that do not fit them", () => {
  const settings = { cols: 2, gamma: 1, seed: "x", count: 4 };
  for (const wrong of [{ cols: 0 }, { gamma: 0 }, { count: 3 }, { count: 0 }]) {
    expect(() => randomFeatures({ ...settings, ...wrong })).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  }
  const features = randomFeatures(settings);
  expect(() => sketchOf(fromRows([[1]]), null, features)).toThrow(
    expect.objectContaining({ code: "shape_mismatch" }),
  );
  expect(() => sketchOf(fromRows([[1, 2]]), Float64Array.of(1, 2), features)).toThrow(
    expect.objectContaining({ code: "shape_mismatch" }),
  );
});

function pointSet(cols: number, shift: number, random: () => number) {
  const rows = Array.from({ length: 6 }, () =>
    Array.from({ length: cols }, () => shift + normal(random)),
  );
  const raw = Float64Array.from(rows, () => random());
  const total = raw.reduce((sum, weight) => sum + weight);
  const points: Matrix<Float64Array> = fromRows(rows);
  return { points, weights: raw.map((weight) => weight / total) };
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  const difference = a.map((value, i) => value - b[i]!);
  return dot(difference, difference);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
