import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { EngineError } from "../../src/engine/ground/errors";
import type { Compute, LoadedRows } from "../../src/engine/specification/kernel/compute";
import { ReferenceCompute } from "../../src/engine/specification/kernel/reference-compute";
import { randomFeatures } from "../../src/engine/specification/kernel/random-features";
import type { Matrix } from "../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../src/engine/ground/random";

/** Rows, columns and points, around the widths at which the implementations change their ways. */
const shapes: readonly [n: number, d: number, m: number][] = [
  [1, 1, 1],
  [5, 3, 2],
  [1000, 1, 100],
  [1000, 3, 65],
  [1000, 32, 33],
  [1000, 33, 64],
  [1000, 64, 33],
  [1000, 65, 100],
  [1000, 200, 7],
  [5, 200, 9],
  [1, 64, 3],
  [300, 784, 20],
  [70, 4096, 5],
  [4999, 20, 100],
];

/** Single-precision terms of order 1, averaged over at most 5000 rows; WGSL's exp is the coarsest part. */
const TOLERANCE = 1e-6;

/** Single-precision phases of some tens of radians, averaged. */
const FEATURE_TOLERANCE = 1e-5;

/** What every `Compute` must do. Each implementation's test file calls this once. */
export function computeContract(name: string, open: () => Promise<Compute>): void {
  describe(`${name} as a Compute`, () => {
    let compute: Compute;
    const reference = new ReferenceCompute();
    beforeAll(async () => {
      compute = await open();
    });
    afterAll(() => compute.dispose());

    test.for(shapes)(
      "agrees with the reference on [%i, %i] rows and %i points",
      async ([n, d, m]) => {
        const random = seededRandom(n + 1000 * d + m);
        const x = normals(n, d, random);
        const z = normals(m, d, random);
        const gamma = 1 / (2 * d);
        const rows = await compute.load(x);
        const expected = await reference.load(x);
        expect([rows.rows, rows.cols]).toEqual([n, d]);
        await compareSums(rows, expected, z, gamma);
        await compareNearest(rows, expected, z);
        const features = randomFeatures({ cols: d, gamma, seed: "suite", count: 2 * m });
        const sketch = await rows.featureMeans(features);
        expect(largestDifference(sketch, await expected.featureMeans(features))).toBeLessThan(
          FEATURE_TOLERANCE,
        );
        rows.dispose();
      },
    );

    test("gives the lower of two equal points as the nearest", async () => {
      const rows = await compute.load(
        matrix([
          [0, 0],
          [4, 4],
          [9, 9],
        ]),
      );
      const points = matrix([
        [5, 5],
        [0, 1],
        [5, 5],
        [0, 1],
        [5, 5],
      ]);
      const { index, squaredDistance } = await rows.nearest(points);
      expect([...index]).toEqual([1, 0, 0]);
      expect([...squaredDistance]).toEqual([1, 2, 32]);
      rows.dispose();
    });

    test("answers zero, not a denormal or NaN, far from every row", async () => {
      const rows = await compute.load(
        matrix([
          [0, 0],
          [1, 1],
        ]),
      );
      const { means, pull } = await rows.kernelPull(matrix([[1e4, 1e4]]), 1);
      expect([...means, ...pull.data]).toEqual([0, 0, 0]);
      rows.dispose();
    });

    test("sums features of 512 numbers over rows far from the origin", async () => {
      const random = seededRandom(9);
      const x = normals(1003, 6, random);
      for (let i = 0; i < x.data.length; i++) x.data[i] = 4 * x.data[i]! + 10;
      const features = randomFeatures({ cols: 6, gamma: 0.1, seed: "far" });
      const rows = await compute.load(x);
      const expected = await (await reference.load(x)).featureMeans(features);
      const sketch = await rows.featureMeans(features);
      expect(sketch.length).toBe(512);
      expect(largestDifference(sketch, expected)).toBeLessThan(FEATURE_TOLERANCE);
      rows.dispose();
    });

    test("holds two tables at once and forgets neither", async () => {
      const first = await compute.load(matrix([[0], [1]]));
      const second = await compute.load(matrix([[5], [6], [7]]));
      const at = matrix([[6]]);
      expect([...(await first.nearest(at)).squaredDistance]).toEqual([36, 25]);
      expect([...(await second.nearest(at)).squaredDistance]).toEqual([1, 0, 1]);
      first.dispose();
      expect([...(await second.kernelMeans(at, 1e-3))][0]).toBeCloseTo(
        (1 + 2 * Math.exp(-1e-3)) / 3,
        6,
      );
      second.dispose();
    });

    test("answers questions asked at once as if one after the other", async () => {
      const random = seededRandom(4);
      const rows = await compute.load(normals(5000, 8, random));
      const [few, many] = [normals(3, 8, random), normals(100, 8, random)];
      const alone = [await rows.kernelMeans(many, 0.1), (await rows.kernelPull(few, 0.1)).means];
      const [first, second] = await Promise.all([
        rows.kernelMeans(many, 0.1),
        rows.kernelPull(few, 0.1),
      ]);
      expect([first, second.means]).toEqual(alone);
      rows.dispose();
    });

    test("refuses points of another dimension and a width that is no width", async () => {
      const rows = await compute.load(matrix([[0, 0]]));
      await expect(rows.kernelMeans(matrix([[1]]), 1)).rejects.toMatchObject({
        code: "shape_mismatch",
      });
      await expect(rows.nearest(matrix([[1, 2, 3]]))).rejects.toBeInstanceOf(EngineError);
      await expect(rows.kernelPull(matrix([[1, 2]]), 0)).rejects.toMatchObject({
        code: "bad_parameter",
      });
      const features = randomFeatures({ cols: 3, gamma: 1, seed: "", count: 2 });
      await expect(rows.featureMeans(features)).rejects.toMatchObject({ code: "shape_mismatch" });
      rows.dispose();
    });

    test("refuses rows that do not fill their shape", async () => {
      const x = { data: new Float32Array(3), rows: 2, cols: 2 };
      await expect(compute.load(x)).rejects.toMatchObject({ code: "shape_mismatch" });
    });
  });
}

async function compareSums(
  rows: LoadedRows,
  reference: LoadedRows,
  z: Matrix,
  gamma: number,
): Promise<void> {
  const expected = await reference.kernelPull(z, gamma);
  const { means, pull } = await rows.kernelPull(z, gamma);
  expect(largestDifference(await rows.kernelMeans(z, gamma), expected.means)).toBeLessThan(
    TOLERANCE,
  );
  expect(largestDifference(means, expected.means)).toBeLessThan(TOLERANCE);
  expect([pull.rows, pull.cols]).toEqual([z.rows, z.cols]);
  expect(largestDifference(pull.data, expected.pull.data)).toBeLessThan(TOLERANCE);
}

/** Where single precision cannot tell two points apart, either may be called the nearest. */
async function compareNearest(rows: LoadedRows, reference: LoadedRows, z: Matrix): Promise<void> {
  const expected = await reference.nearest(z);
  const { index, squaredDistance } = await rows.nearest(z);
  const relative = squaredDistance.map(
    (value, i) => Math.abs(value - expected.squaredDistance[i]!) / (1 + value),
  );
  // Rounding piles up over the columns that are added one after the other.
  expect(Math.max(...relative)).toBeLessThan(TOLERANCE + 1e-9 * z.cols);
  const different = index.filter((value, i) => value !== expected.index[i]).length;
  expect(different).toBeLessThanOrEqual(index.length / 1000);
}

function largestDifference(actual: Float64Array, expected: Float64Array): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)));
}

function normals(rows: number, cols: number, random: () => number): Matrix<Float32Array> {
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}

function matrix(rows: readonly (readonly number[])[]): Matrix<Float32Array> {
  return { data: Float32Array.from(rows.flat()), rows: rows.length, cols: rows[0]!.length };
}
