import { expect, test } from "vitest";

import { herd, sampleByHerding, sampleImages } from "../../../src/reference/herding";
import { decodeSpecification } from "../../../src/reference/spec-files";
import { squaredMmd } from "../../../src/engine/specification/kernel/mmd";
import { fromRows, type Matrix, toRows } from "../../../src/engine/ground/matrix";
import { seededRandom } from "../../../src/engine/ground/random";
import { decodeStat } from "../../../src/engine/specification/files/codec";
import type { Specification } from "../../../src/engine/specification/specification";
import { readGoldenText } from "../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";
import type { ImageSpecification } from "../../../src/reference/image-specification";

const two: Specification = {
  points: fromRows([[0], [10]]),
  weights: Float64Array.of(0.6, 0.4),
  kernel: gaussianKernel(0.1),
  rowCount: 0,
};

test("takes the candidates in the order of the rule, and the first of equals", () => {
  // f(0) = 0.6, f(10) = 0.4: 0; then 2·0.6 − 1 against 2·0.4; then 3·0.6 − 1 against 3·0.4 − 1; …
  const taken = herd(two, fromRows([[0], [10], [0]]), 5);
  expect(toRows(taken)).toEqual([[0], [10], [0], [10], [0]]);
});

test("many samples have almost the embedding of the reduced set", () => {
  const { rkme } = decodeStat(readGoldenText("files/stat_table_iris.json"));
  const few = squaredMmd(rkme, equally(sampleByHerding(rkme, 5, seededRandom(1))));
  const many = squaredMmd(rkme, equally(sampleByHerding(rkme, 100, seededRandom(1))));
  expect(many).toBeLessThan(0.001);
  expect(many).toBeLessThan(few);
});

test("points of weight 0 or less are never drawn", () => {
  const samples = sampleByHerding(
    { ...two, weights: Float64Array.of(1, -0.5) },
    50,
    seededRandom(1),
  );
  expect(samples.data.every((value) => Math.abs(value) < 2)).toBe(true);
});

test("images are drawn close to those of the set", () => {
  const { specification } = decodeSpecification(readGoldenText("files/stat_image_k3_c1.json"));
  const images = specification as ImageSpecification;
  const drawn = sampleImages(images, 20, seededRandom(1));
  expect([drawn.rows, drawn.cols]).toEqual([20, 1024]);
  const rows = toRows(images.points);
  for (const image of toRows(drawn)) {
    const deviations = rows.map((row) =>
      Math.sqrt(row.reduce((total, v, c) => total + (v - image[c]!) ** 2, 0) / row.length),
    );
    expect(Math.min(...deviations)).toBeCloseTo(0.01, 2);
  }
});

test("refuses no sample, and weights of which none is positive", () => {
  const refusal = expect.objectContaining({ code: "bad_parameter" }) as Error;
  expect(() => sampleByHerding(two, 0, seededRandom(1))).toThrow(refusal);
  const none = { ...two, weights: Float64Array.of(0, -1) };
  expect(() => sampleByHerding(none, 1, seededRandom(1))).toThrow(refusal);
});

function equally(points: Matrix<Float64Array>): Specification {
  const weights = new Float64Array(points.rows).fill(1 / points.rows);
  return { points, weights, kernel: gaussianKernel(0.1), rowCount: 0 };
}
