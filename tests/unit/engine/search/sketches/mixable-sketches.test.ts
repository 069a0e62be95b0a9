import { expect, test } from "vitest";

import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { mixableSketches } from "../../../../../src/engine/search/sketches/mixable-sketches";
import {
  quantiseSketches,
  scanSketches,
} from "../../../../../src/engine/search/sketches/sketch-scan";

const COUNT = 32;

/** Numbers around those of another sketch. */
function near(centre: Float64Array, spread: number, random: () => number): Float64Array {
  return centre.map((value) => value + spread * normal(random));
}

test("finds what a mixture consists of, though others are nearer to the whole", async () => {
  const random = seededRandom(5);
  const [a, b] = [0, 1].map(() => near(new Float64Array(COUNT), 1, random));
  const whole = a!.map((value, i) => (value + b![i]!) / 2);
  const beside = near(whole, 0.5, random);
  const decoys = Array.from({ length: 200 }, () => near(beside, 0.02, random));
  const sketches = quantiseSketches(
    Float32Array.from([...decoys, a!, b!].flatMap((one) => [...one])),
    COUNT,
  );
  const nearest = async (target: Float64Array, limit: number) =>
    scanSketches(sketches, target, limit);

  const singles = (await nearest(whole, 40)).map(({ index }) => index);
  expect(singles).not.toEqual(expect.arrayContaining([200]));
  expect(singles).not.toEqual(expect.arrayContaining([201]));
  const found = await mixableSketches(sketches, whole, nearest);
  expect(found.length).toBeGreaterThan(40);
  expect(found.length).toBeLessThanOrEqual(200);
  expect(new Set(found).size).toBe(found.length);
  expect(found).toEqual(expect.arrayContaining([200, 201]));
});

test("ends when there is nothing left to choose", async () => {
  const sketches = quantiseSketches(Float32Array.of(1, 0, 0, 1), 2);
  const nearest = async (target: Float64Array, limit: number) =>
    scanSketches(sketches, target, limit);
  expect((await mixableSketches(sketches, Float64Array.of(1, 0), nearest)).sort()).toEqual([0, 1]);
  expect(await mixableSketches(sketches, Float64Array.of(1, 0), async () => [])).toEqual([]);
});
