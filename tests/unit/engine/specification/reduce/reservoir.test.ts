import { expect, test } from "vitest";

import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { Reservoir } from "../../../../../src/engine/specification/reduce/reservoir";

test("a sample does not depend on how the rows are cut, and holds rows of the stream", () => {
  const x = normals(5000, 3);
  const [one, other] = [new Reservoir(200, 3, 7), new Reservoir(200, 3, 7)];
  one.add(x);
  for (const block of cut(x, [150, 100, 1750, 3000])) other.add(block);
  expect(other.rows).toEqual(one.rows);
  const all = new Set(Array.from({ length: 5000 }, (_, i) => String(row(x, i))));
  const held = Array.from({ length: 200 }, (_, i) => String(row(one.rows, i)));
  expect(new Set(held).size).toBe(200);
  expect(held.every((text) => all.has(text))).toBe(true);
});

test("every row is as likely to be held as any other", () => {
  const [rows, size, runs] = [60, 12, 4000];
  const x = { data: Float32Array.from({ length: rows }, (_, i) => i), rows, cols: 1 };
  const held = new Float64Array(rows);
  for (let seed = 0; seed < runs; seed++) {
    const reservoir = new Reservoir(size, 1, seed);
    for (const block of cut(x, [20, 25, 15])) reservoir.add(block);
    for (const i of reservoir.rows.data) held[i]!++;
  }
  // Binomial with a mean of 800 and a standard deviation of 25: five of them.
  held.forEach((count) => expect(Math.abs(count - (runs * size) / rows)).toBeLessThan(126));
});

test("fewer rows than the sample holds are all held, in order", () => {
  const x = normals(10, 3);
  const reservoir = new Reservoir(50, 3, 0);
  for (const block of cut(x, [4, 6])) reservoir.add(block);
  expect(reservoir.rows).toEqual(x);
});

function* cut(x: Matrix<Float32Array>, sizes: readonly number[]) {
  let first = 0;
  for (const rows of sizes) {
    const data = x.data.slice(first * x.cols, (first + rows) * x.cols);
    yield { data, rows, cols: x.cols };
    first += rows;
  }
}

function row({ data, cols }: Matrix<Float32Array>, i: number): number[] {
  return [...data.subarray(i * cols, (i + 1) * cols)];
}

function normals(rows: number, cols: number): Matrix<Float32Array> {
  const random = seededRandom(rows);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
