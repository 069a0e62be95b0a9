import { describe, expect, test } from "vitest";

import { type Matrix, pickRows } from "../../../../../src/engine/ground/matrix";
import { normal, sampleIndices, seededRandom } from "../../../../../src/engine/ground/random";
import { KeyedSample } from "../../../../../src/engine/specification/keyed/keyed-sample";
import { secretOf } from "../../../../fixtures/secret";

describe("a keyed sample of rows that come one after the other", () => {
  test("is the same in whatever order they come, and however they are cut", () => {
    const x = normals(5000, 3, 1);
    const expected = sampleOf(x, 200, [5000]);
    expect(expected.rows).toBe(200);
    for (let seed = 0; seed < 5; seed++) {
      const shuffled = pickRows(x, sampleIndices(5000, 5000, seededRandom(seed)));
      expect(sampleOf(shuffled, 200, [150, 100, 1750, 3000])).toEqual(expected);
    }
  });

  test("holds rows of the stream, and others by another secret", () => {
    const x = normals(5000, 3, 1);
    const all = new Set(texts(x));
    const [one, other] = [1, 2].map((secret) => texts(sampleOf(x, 200, [5000], secret)));
    expect(one!.every((row) => all.has(row))).toBe(true);
    expect(new Set(one).size).toBe(200);
    expect(one!.filter((row) => other!.includes(row)).length).toBeLessThan(30);
  });

  test("holds every row as often as any other", () => {
    const x = { data: Float32Array.from({ length: 60 }, (_, i) => i), rows: 60, cols: 1 };
    const held = new Float64Array(60);
    for (let secret = 0; secret < 250; secret++) {
      for (const i of sampleOf(x, 12, [20, 25, 15], secret).data) held[i]!++;
    }
    // Binomial with a mean of 50 and a standard deviation of 6.3.
    held.forEach((count) => expect(Math.abs(count - 50)).toBeLessThan(30));
  });

  test("has copies in their share", () => {
    const data = Float32Array.from({ length: 10_000 }, (_, i) => (i % 10 < 7 ? 0 : i % 10));
    const { data: held } = sampleOf({ data, rows: 10_000, cols: 1 }, 100, [4000, 6000]);
    expect(held.filter((value) => value === 0)).toHaveLength(70);
    expect(held).toHaveLength(100);
  });

  test("of fewer rows than it may hold is all of them", () => {
    const x = normals(10, 3, 2);
    expect(texts(sampleOf(x, 50, [4, 6])).sort()).toEqual(texts(x).sort());
  });
});

function sampleOf(x: Matrix<Float32Array>, size: number, cut: readonly number[], secret = 1) {
  const sample = new KeyedSample(size, x.cols, secretOf(secret));
  let first = 0;
  for (const rows of cut) {
    sample.add({ ...x, data: x.data.slice(first * x.cols, (first + rows) * x.cols), rows });
    first += rows;
  }
  expect(sample.seen).toBe(x.rows);
  return sample.rows;
}

function texts({ data, rows, cols }: Matrix): string[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols).join());
}

function normals(rows: number, cols: number, seed: number): Matrix<Float32Array> {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
