import { dimensionOf } from "../../../../../src/engine/kinds/dimension-of";
import { expect, test } from "vitest";

import { sketchOf } from "../../../../../src/engine/specification/kernel/random-features";
import { openLearnware } from "../../../../../src/engine/learnware/package";
import { zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { islandFeatures } from "../../../../../src/engine/search/sketches/island-features";
import {
  quantiseSketches,
  scanSketches,
} from "../../../../../src/engine/search/sketches/sketch-scan";
import { decodeStat } from "../../../../../src/engine/specification/files/codec";
import { readStarter, readZip } from "../../../../fixtures/read-starter";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

const COUNT = 512;

/** Share of the ten nearest sketches that are also found quantised, on average over the queries. */
function overlap(sketches: Float32Array, queries: readonly Float32Array[]): number {
  const scales = new Float64Array(sketches.length / COUNT).fill(1);
  const exact = { data: sketches, scales, count: COUNT };
  const quantised = quantiseSketches(sketches, COUNT);
  let common = 0;
  let wanted = 0;
  for (const query of queries) {
    const best = scanSketches(exact, query, 10).map(({ index }) => index);
    const found = new Set(scanSketches(quantised, query, 10).map(({ index }) => index));
    wanted += best.length;
    common += best.filter((index) => found.has(index)).length;
  }
  return common / wanted;
}

test("finds what is nearest, in order, with distance and similarity", () => {
  const data = Float32Array.of(0, 0, 1, 0, 0, 2, 3, 4);
  const sketches = { data, scales: Float64Array.of(1, 1, 1, 0.5), count: 2 };
  expect(scanSketches(sketches, Float64Array.of(1, 0), 9)).toEqual([
    { index: 1, squaredDistance: 0, similarity: 1 },
    { index: 0, squaredDistance: 1, similarity: 0 },
    { index: 3, squaredDistance: 4.25, similarity: 3 / 7.25 },
    { index: 2, squaredDistance: 5, similarity: 0 },
  ]);
  const odd = scanSketches(sketches, Float64Array.of(1, 0), 1, (index) => index % 2 === 1);
  expect(odd.map(({ index }) => index)).toEqual([1]);
});

test("refuses a query of another length", () => {
  const sketches = quantiseSketches(new Float32Array(8), 4);
  expect(() => scanSketches(sketches, new Float32Array(3), 1)).toThrow(
    expect.objectContaining({ code: "shape_mismatch" }),
  );
});

test("quantising errs by at most half a step, and takes zeros for what they are", () => {
  const random = seededRandom(1);
  const data = Float32Array.from({ length: 12 }, (_, i) => (i < 4 ? 0 : normal(random) / 10));
  const { data: bytes, scales } = quantiseSketches(data, 4);
  data.forEach((value, i) => {
    const scale = scales[Math.floor(i / 4)]!;
    expect(Math.abs(bytes[i]! * scale - value)).toBeLessThanOrEqual(scale * 0.5001);
  });
});

test("one byte per number finds the same on every island of the starter", async () => {
  for (const { island, learnwares } of readStarter()) {
    const cols = dimensionOf(island.space);
    const features = islandFeatures(island.space, cols);
    const queries: Float32Array[] = [];
    for (const learnware of learnwares) {
      const { points, weights } = decodeStat((await openLearnware(readZip(learnware))).stat).rkme;
      queries.push(Float32Array.from(sketchOf(points, weights, features)));
    }
    const sketches = new Float32Array(queries.length * COUNT);
    queries.forEach((sketch, i) => sketches.set(sketch, i * COUNT));
    expect(overlap(sketches, queries)).toBeGreaterThan(0.95);
  }
});

test("one byte per number finds the same on an island of 2,000", () => {
  const random = seededRandom(2000);
  const features = islandFeatures({ id: "large", version: 1, kernel: gaussianKernel(0.1) }, 5);
  // Families of variants, so that many a learnware has near neighbours.
  const family = Array.from({ length: 50 }, () => Array.from({ length: 5 }, () => normal(random)));
  const draw = (member: number, points = 20) => {
    const centre = family[member % 50]!;
    const spread = 0.2 + random();
    const shift = Array.from({ length: 5 }, () => 0.3 * normal(random));
    const z = zeros(points, 5);
    z.data.forEach((_, i) => {
      z.data[i] = centre[i % 5]! + shift[i % 5]! + spread * normal(random);
    });
    return Float32Array.from(sketchOf(z, null, features));
  };
  const sketches = new Float32Array(2000 * COUNT);
  for (let i = 0; i < 2000; i++) sketches.set(draw(i), i * COUNT);
  const queries = Array.from({ length: 40 }, (_, i) => draw(i, 200));
  expect(overlap(sketches, queries)).toBeGreaterThan(0.97);
});
