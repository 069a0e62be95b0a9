import { describe, expect, it } from "vitest";

import { fromRows, toRows } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { symmetricEigen } from "../../../../src/engine/specification/embedding/eigen";
import { pinSpace } from "../../../../src/engine/specification/embedding/pin-space";
import { fitProjection, project } from "../../../../src/engine/specification/embedding/projection";
import {
  decodeProjection,
  encodeProjection,
} from "../../../../src/engine/specification/embedding/projection-file";

/** Rows of which one direction varies much, one less, and one not at all. */
function rowsOf(count: number, seed: number) {
  const random = seededRandom(seed);
  return fromRows(
    Array.from({ length: count }, () => {
      const [long, short] = [3 * normal(random), normal(random)];
      return [long + short, long - short, 5];
    }),
  );
}

describe("eigenvalues and vectors", () => {
  it("are those of a matrix in closed form", () => {
    const { values, vectors } = symmetricEigen(fromRows([[2, 1], [1, 2]])); // prettier-ignore
    expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    const [[a, b]] = toRows(vectors) as [[number, number]];
    expect(a).toBeCloseTo(Math.SQRT1_2, 12);
    expect(b).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it("give the matrix back", () => {
    const random = seededRandom(3);
    const d = 12;
    const rows = Array.from({ length: d }, () => new Array<number>(d).fill(0));
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) rows[i]![j] = rows[j]![i] = normal(random);
    }
    const { values, vectors } = symmetricEigen(fromRows(rows));
    const v = toRows(vectors);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const again = v.reduce((sum, vector, k) => sum + values[k]! * vector[i]! * vector[j]!, 0);
        expect(again).toBeCloseTo(rows[i]![j]!, 10);
      }
    }
  });
});

describe("a projection", () => {
  it("has directions without correlation, with the fourth root of their variance left", () => {
    const x = rowsOf(4000, 1);
    const projection = fitProjection(x, 2);
    const { data } = project(x, projection);
    const sums = [0, 0, 0];
    for (let i = 0; i < x.rows; i++) {
      const [a, b] = [data[2 * i]!, data[2 * i + 1]!];
      sums[0]! += (a * a) / x.rows;
      sums[1]! += (b * b) / x.rows;
      sums[2]! += (a * b) / x.rows;
    }
    // The standardised columns correlate by (9 − 1) / (9 + 1): eigenvalues 1.8 and 0.2.
    expect(sums[0]).toBeCloseTo(Math.sqrt(1.8), 1);
    expect(sums[1]).toBeCloseTo(Math.sqrt(0.2), 1);
    expect(sums[2]).toBeCloseTo(0, 4);
  });

  it("comes back from its file in single precision", () => {
    const projection = fitProjection(rowsOf(50, 2), 2);
    const again = decodeProjection(encodeProjection(projection), [2, 3]);
    expect(again.axes.data).toEqual(projection.axes.data.map(Math.fround));
    expect(again.center).toEqual(projection.center.map(Math.fround));
    expect(() => decodeProjection(encodeProjection(projection), [3, 3])).toThrow("no 3 axes");
  });
});

describe("a pinned space", () => {
  it("has a book like the data that it is drawn after, the same for the same seed", () => {
    const shape = { dimension: 2, points: 2000, seed: 7 };
    const { book, gamma } = pinSpace(rowsOf(3000, 4), shape);
    const column = (k: number) => Array.from({ length: 2000 }, (_, i) => book.data[2 * i + k]!);
    const mean = column(0).reduce((sum, value) => sum + value, 0) / 2000;
    const variance = column(0).reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2000;
    expect(mean).toBeCloseTo(0, 0);
    expect(variance).toBeGreaterThan(0.8 * Math.sqrt(1.8));
    expect(variance).toBeLessThan(1.2 * Math.sqrt(1.8));
    expect(gamma).toBeGreaterThan(0);
    expect(pinSpace(rowsOf(3000, 4), shape).book).toEqual(book);
  });
});
