import { describe, expect, test } from "vitest";

import { type Matrix, pickRows, stackRows } from "../../../../../src/engine/ground/matrix";
import { normal, sampleIndices, seededRandom } from "../../../../../src/engine/ground/random";
import { keyedHalf } from "../../../../../src/engine/specification/keyed/keyed-half";
import { secretOf } from "../../../../fixtures/secret";

describe("the half of the rows that is picked", () => {
  test("is the same, in the same order, whatever the order of the rows", () => {
    const x = normals(301, 3, 1);
    const half = keyedHalf(x, secretOf(1));
    for (let seed = 0; seed < 20; seed++) {
      const order = sampleIndices(x.rows, x.rows, seededRandom(seed));
      const again = keyedHalf(pickRows(x, order), secretOf(1));
      expect(again.x).toEqual(half.x);
      expect(again.secret).toEqual(half.secret);
      const [all, before] = [pickRows(pickRows(x, order), again.order), pickRows(x, half.order)];
      expect(all).toEqual(before);
    }
  });

  test("has rows of the table, and about half of them", () => {
    const x = normals(4000, 2, 2);
    const rows = new Set(rowTexts(x));
    const half = rowTexts(keyedHalf(x, secretOf(1)).x);
    expect(half.every((row) => rows.has(row))).toBe(true);
    expect(new Set(half).size).toBe(half.length);
    // Binomial with a standard deviation of 32.
    expect(Math.abs(half.length - 2000)).toBeLessThan(130);
  });

  test.for<[string, (x: Matrix<Float32Array>) => Matrix<Float32Array>]>([
    ["a row more", (x) => stackRows([x, normals(1, x.cols, 99)])],
    ["a copy of a row more", (x) => stackRows([x, pickRows(x, [7])])],
    [
      "a row less",
      (x) =>
        pickRows(
          x,
          Array.from({ length: x.rows - 1 }, (_, i) => i + 1),
        ),
    ],
    ["another number in one cell", (x) => ({ ...x, data: changed(x.data) })],
  ])("has nothing to do with that of a table of %s", ([, change]) => {
    const x = normals(4000, 3, 3);
    const one = new Set(rowTexts(keyedHalf(x, secretOf(1)).x));
    const both = rowTexts(keyedHalf(change(x), secretOf(1)).x).filter((row) => one.has(row));
    // A quarter of the rows is in both by chance; standard deviation 27.
    expect(Math.abs(both.length - 1000)).toBeLessThan(110);
  });

  test("has nothing to do with that by another secret", () => {
    const x = normals(4000, 3, 3);
    const one = new Set(rowTexts(keyedHalf(x, secretOf(1)).x));
    const both = rowTexts(keyedHalf(x, secretOf(2)).x).filter((row) => one.has(row));
    expect(Math.abs(both.length - 1000)).toBeLessThan(110);
  });

  test("tosses a coin for every copy of a row", () => {
    const ones = Float32Array.from({ length: 4000 }, (_, i) => (i < 3000 ? 0 : 1));
    const { x } = keyedHalf({ data: ones, rows: 4000, cols: 1 }, secretOf(1));
    const count = x.data.filter((value) => value === 1).length;
    expect(Math.abs(count - 500)).toBeLessThan(80);
    expect(Math.abs(x.rows - count - 1500)).toBeLessThan(140);
  });

  test("takes −0 for 0", () => {
    const x = normals(50, 2, 4);
    const [plus, minus] = [0, -0].map((zero) => {
      const data = x.data.map((value, i) => (i % 5 === 0 ? zero : value));
      return keyedHalf({ ...x, data }, secretOf(1)).x;
    });
    expect(minus).toEqual(plus);
    expect(minus!.data.some((value) => Object.is(value, -0))).toBe(false);
  });

  test("is made of every kind of row equally often", () => {
    const rows = 40;
    const x = normals(rows, 2, 5);
    const place = new Map(rowTexts(x).map((row, i) => [row, i]));
    const picked = new Float64Array(rows);
    for (let secret = 0; secret < 200; secret++) {
      for (const row of rowTexts(keyedHalf(x, secretOf(secret)).x)) picked[place.get(row)!]!++;
    }
    // 100 of 200, standard deviation 7.1.
    picked.forEach((count) => expect(Math.abs(count - 100)).toBeLessThan(32));
  });

  test("is refused by a secret that is none", () => {
    expect(() => keyedHalf(normals(10, 1, 1), new Uint8Array(16))).toThrow(/32 bytes/);
  });

  test("of no rows, or of one, is found", () => {
    expect(keyedHalf({ data: new Float32Array(0), rows: 0, cols: 3 }, secretOf(1)).x.rows).toBe(0);
    expect(keyedHalf(normals(1, 3, 1), secretOf(1)).x.rows).toBeLessThanOrEqual(1);
  });
});

function changed(data: Float32Array): Float32Array {
  const copy = data.slice();
  copy[5]! += 1e-3;
  return copy;
}

function rowTexts({ data, rows, cols }: Matrix): string[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols).join());
}

function normals(rows: number, cols: number, seed: number): Matrix<Float32Array> {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
