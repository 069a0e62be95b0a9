import { expect, test } from "vitest";

import { zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { openBook } from "../../../../../src/engine/specification/book/book";
import {
  MainDirections,
  MOST_DIRECTIONS,
} from "../../../../../src/engine/specification/book/main-directions";
import { symmetricEigen } from "../../../../../src/engine/specification/embedding/eigen";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { gaussianGram } from "../../../../../src/engine/specification/kernel/gaussian";

const D = 8;
const random = seededRandom(1);
const cloud = (rows: number, shift = 0) => ({
  data: Float64Array.from({ length: rows * D }, () => shift + normal(random)),
  rows,
  cols: D,
});
const book = openBook(cloud(96), gaussianKernel(1 / 32));
const { values, vectors } = symmetricEigen(book.gram);
const main = new MainDirections(book);

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, j) => sum + value * b[j]!, 0);
const direction = (k: number) => vectors.data.subarray(k * 96, (k + 1) * 96);
const meansOf = (rows: number, shift: number) => {
  const gram = gaussianGram(book.points, cloud(rows, shift), 1 / 32).data;
  return Float64Array.from({ length: 96 }, (_, i) => dot(gram.subarray(i * rows, (i + 1) * rows), new Float64Array(rows).fill(1 / rows))); // prettier-ignore
};
const embedded = (weights: Float64Array) =>
  Float64Array.from({ length: 96 }, (_, i) => dot(book.gram.data.subarray(i * 96, (i + 1) * 96), weights)); // prettier-ignore

test("weights follow the kernel mean in the directions told of, and do not see the others", () => {
  expect(main.count).toBe(MOST_DIRECTIONS);
  const means = meansOf(400, 0.4);
  const weights = main.weigh(means, 9);
  expect(Math.abs(dot(weights, new Float64Array(96).fill(1)) - 1)).toBeLessThan(1e-9);
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  // What the rows have in a direction that is not told of changes nothing.
  const other = means.map((value, j) => value + 0.5 * direction(40)[j]!);
  main.weigh(other, 9).forEach((weight, j) => expect(weight).toBeCloseTo(weights[j]!, 6));
  const seen = means.map((value, j) => value + 0.5 * direction(1)[j]!);
  const moved = dot(embedded(main.weigh(seen, 9)), direction(1)) - dot(embedded(weights), direction(1)); // prettier-ignore
  expect(Math.abs(moved)).toBeGreaterThan(0.05);
});

test("the weights are the best of their problem, which is that of the book's true main directions", () => {
  const means = meansOf(200, -0.3);
  const count = 9; // The mean and eight straight ones: far above those that follow.
  const objective = (weights: Float64Array) => {
    let value = 0.05 * dot(weights, weights);
    for (let k = 0; k < count; k++) {
      const along = dot(direction(k), weights);
      value += 0.5 * values[k]! * along ** 2 - along * dot(direction(k), means);
    }
    return value;
  };
  const weights = main.weigh(means, count);
  const least = objective(weights);
  for (let trial = 0; trial < 200; trial++) {
    const toward = zeros(1, 96).data.map(() => -Math.log(1 - random()));
    const total = dot(toward, new Float64Array(96).fill(1));
    const tried = weights.map((weight, j) => 0.98 * weight + (0.02 * toward[j]!) / total);
    expect(objective(tried)).toBeGreaterThan(least - 1e-9);
  }
});

test("a book of few points has no more directions than points", () => {
  const small = openBook(cloud(12), gaussianKernel(1 / 32));
  expect(new MainDirections(small).count).toBe(12);
});
