import { describe, expect, test } from "vitest";

import {
  randomFeatures,
  sketchOf,
} from "../../../../../src/engine/specification/kernel/random-features";
import { seededRandom } from "../../../../../src/engine/ground/random";
import { packRkme } from "../../../../../src/engine/search/pairs";
import type { Specification } from "../../../../../src/engine/specification/specification";
import { WasmSketcher } from "../../../../../src/runtime/compute/wasm/wasm-sketcher";
import { randomRkme } from "../../../../fixtures/random-rkme";
import { gaussianGamma } from "../../../../../src/engine/specification/kernel/kernel";

/** Points, dimension, numbers in the sketch. */
const shapes: readonly [m: number, d: number, count: number][] = [
  [1, 1, 2],
  [5, 3, 14],
  [100, 4, 512],
  [98, 5, 512],
  [100, 20, 512],
  [101, 100, 500],
];

async function expectAgreement(rkme: Specification, count = 512): Promise<void> {
  const { points } = rkme;
  const gamma = gaussianGamma(rkme.kernel);
  const features = randomFeatures({ cols: points.cols, gamma, seed: "suite", count });
  const sketch = (await WasmSketcher.create(features)).sketch(packRkme(rkme));
  const expected = sketchOf(points, rkme.weights, features);
  expect(sketch).toHaveLength(count);
  const tolerance =
    1e-5 *
    Math.max(
      1,
      rkme.weights.reduce((sum, w) => sum + Math.abs(w), 0),
    );
  sketch.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance);
  });
}

describe("WasmSketcher", () => {
  test.for(shapes)(
    "agrees with the reference on %i points of %i numbers, %i in a sketch",
    async ([m, d, count]) => {
      await expectAgreement(randomRkme(seededRandom(m + d), [m, d]), count);
    },
  );

  test("takes weights of any sign, and zeros", async () => {
    const rkme = randomRkme(seededRandom(1), [50, 6]);
    await expectAgreement({
      ...rkme,
      weights: rkme.weights.map((w, i) => ((i % 3) - 1) * 100 * w),
    });
    await expectAgreement({ ...rkme, weights: new Float64Array(50) });
  });

  test.for([0, 30, 200, 1e4, 1e9])("agrees on points about %d away", async (center) => {
    await expectAgreement(randomRkme(seededRandom(2), [20, 4], { center }));
  });

  test("sketches set after set, larger and smaller ones", async () => {
    const random = seededRandom(3);
    const features = randomFeatures({ cols: 3, gamma: 0.2, seed: "many" });
    const sketcher = await WasmSketcher.create(features);
    const sets = [4, 50_000, 1, 7].map((rows) => randomRkme(random, [rows, 3]));
    const first = sets.map((set) => sketcher.sketch(packRkme(set)));
    expect(sets.map((set) => sketcher.sketch(packRkme(set)))).toEqual(first);
    first.forEach((sketch, i) => {
      const { points, weights } = sets[i]!;
      const expected = sketchOf(points, weights, features);
      const off = Math.max(...sketch.map((value, j) => Math.abs(value - expected[j]!)));
      expect(off).toBeLessThan(1e-5);
    });
  });

  test("refuses sets of another dimension, empty ones and torn bytes", async () => {
    const features = randomFeatures({ cols: 2, gamma: 1, seed: "refusals" });
    const sketcher = await WasmSketcher.create(features);
    const set = packRkme(randomRkme(seededRandom(4), [3, 2]));
    const wide = packRkme(randomRkme(seededRandom(4), [3, 4]));
    const empty = { ...set, rows: 0, points: new Uint8Array(0), weights: new Uint8Array(0) };
    for (const refused of [wide, empty, { ...set, points: set.points.subarray(4) }]) {
      expect(() => sketcher.sketch(refused)).toThrow(
        expect.objectContaining({ code: "shape_mismatch" }),
      );
    }
  });
});
