import { describe, expect, it } from "vitest";

import { type Matrix, zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import {
  type Book,
  onBook,
  openBook,
  sketchOfMeans,
  sketchOnBook,
} from "../../../../../src/engine/specification/book/book";
import {
  weighRows,
  weighSpecification,
  weightsOfSketch,
} from "../../../../../src/engine/specification/book/weigh";
import { innerProduct, squaredMmd } from "../../../../../src/engine/specification/kernel/mmd";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";

const D = 6;
const KERNEL = gaussianKernel(0.1);

function cloud(rows: number, seed: number, shift = 0): Matrix<Float32Array> {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: rows * D }, () => shift + normal(random));
  return { data, rows, cols: D };
}

function book(points = 64): Book {
  return openBook(cloud(points, 1), KERNEL);
}

function someWeights(size: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const weights = Float64Array.from({ length: size }, () => Math.max(0, random() - 0.5));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const squaredDistance = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0);

describe("a sketch on a book", () => {
  it("is as far from another as the MMD says, and has the inner product of the embeddings", () => {
    const one = book();
    const [a, b] = [someWeights(64, 2), someWeights(64, 3)];
    const [sketchA, sketchB] = [sketchOnBook(one, a), sketchOnBook(one, b)];
    const [setA, setB] = [onBook(one, a, 100), onBook(one, b, 100)];
    expect(squaredDistance(sketchA, sketchB)).toBeCloseTo(squaredMmd(setA, setB), 6);
    expect(dot(sketchA, sketchB)).toBeCloseTo(innerProduct(setA, setB), 6);
  });

  it("of rows' means has exactly their inner product with any weights", async () => {
    const one = book();
    const rows = await new ReferenceCompute().load(cloud(200, 4, 0.3));
    const means = await rows.kernelMeans(one.points, 0.1);
    const sketch = sketchOfMeans(one, means);
    const weights = someWeights(64, 5);
    expect(dot(sketch, sketchOnBook(one, weights))).toBeCloseTo(dot(means, weights), 12);
  });

  it("of one row is no longer than 1, so that a row moves a mean by little", async () => {
    const one = book();
    for (let seed = 10; seed < 30; seed++) {
      const row = await new ReferenceCompute().load(cloud(1, seed, seed / 10));
      const sketch = sketchOfMeans(one, await row.kernelMeans(one.points, 0.1));
      expect(dot(sketch, sketch)).toBeLessThanOrEqual(1);
    }
  });

  it("is finite where all points of the book are the same", () => {
    const same = { ...zeros(8, D) };
    const one = openBook(same, KERNEL);
    const sketch = sketchOnBook(one, someWeights(8, 1));
    expect(dot(sketch, sketch)).toBeCloseTo(1, 4);
  });
});

describe("weights on a book", () => {
  it("of rows are a distribution, and their embedding is near the rows'", async () => {
    const one = book(256);
    const x = cloud(2000, 7);
    const rows = await new ReferenceCompute().load(x);
    const weights = await weighRows(one, rows);
    expect(weights.every((weight) => weight >= 0)).toBe(true);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const all = {
      points: { data: Float64Array.from(x.data), rows: x.rows, cols: D },
      weights: new Float64Array(x.rows).fill(1 / x.rows),
      kernel: KERNEL,
      rowCount: x.rows,
    };
    const own = onBook(one, weights, x.rows);
    expect(squaredMmd(all, own)).toBeLessThan(0.01);
    const other = onBook(one, await weighRows(one, await new ReferenceCompute().load(cloud(2000, 8, 2))), 2000); // prettier-ignore
    expect(squaredMmd(all, own)).toBeLessThan(0.1 * squaredMmd(all, other));
  });

  it("of a specification on the book are its own, whatever points it leaves out", () => {
    const one = book();
    const weights = someWeights(64, 9);
    const found = weighSpecification(one, onBook(one, weights, 10));
    expect(Math.sqrt(squaredDistance(found, weights))).toBeLessThan(1e-12);
  });

  it("of an outline bring its embedding near", () => {
    const one = book(256);
    const outline = {
      points: { data: Float64Array.from(cloud(5, 11).data), rows: 5, cols: D },
      weights: new Float64Array(5).fill(0.2),
      kernel: KERNEL,
      rowCount: 100,
    };
    const projected = onBook(one, weighSpecification(one, outline), 100);
    expect(squaredMmd(outline, projected)).toBeLessThan(0.2 * innerProduct(outline, outline));
  });

  it("come back from their sketch", () => {
    const one = book();
    const weights = someWeights(64, 12);
    const back = weightsOfSketch(one, sketchOnBook(one, weights));
    expect(squaredMmd(onBook(one, weights, 1), onBook(one, back, 1))).toBeLessThan(1e-5);
  });

  it("are refused unless there is one for each point", () => {
    expect(() => onBook(book(), new Float64Array(3), 1)).toThrow(/64 points/);
  });
});
