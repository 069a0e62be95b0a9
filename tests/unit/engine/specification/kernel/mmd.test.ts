import fc from "fast-check";
import { expect, test } from "vitest";

import {
  embeddingAt,
  innerProduct,
  squaredMmd,
} from "../../../../../src/engine/specification/kernel/mmd";
import { fromRows } from "../../../../../src/engine/ground/matrix";
import type { Specification } from "../../../../../src/engine/specification/specification";
import { readGolden } from "../../../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

interface Side {
  readonly z: unknown[][];
  readonly beta: number[];
  readonly gamma: number;
}

interface Pair {
  readonly name: string;
  readonly a: Side;
  readonly b: Side;
  readonly a_inner_a: number;
  readonly a_inner_b: number;
  readonly b_inner_a: number;
  readonly b_inner_b: number;
  readonly a_dist_b: number;
  readonly b_dist_a: number;
  readonly a_dist_a: number;
  readonly points: unknown[][];
  readonly a_inner_prod_with_points: number[];
}

const { pairs } = readGolden("mmd_pairs") as { readonly pairs: readonly Pair[] };

test.for(pairs)("inner products of the pair $name are those of the package", (pair) => {
  const a = rkme(pair.a);
  const b = rkme(pair.b);
  expect(innerProduct(a, a)).toBeCloseTo(pair.a_inner_a, 12);
  expect(innerProduct(a, b)).toBeCloseTo(pair.a_inner_b, 12);
  expect(innerProduct(b, a)).toBeCloseTo(pair.b_inner_a, 12);
  expect(innerProduct(b, b)).toBeCloseTo(pair.b_inner_b, 12);
});

test.for(pairs)("distances of the pair $name are those of the package", (pair) => {
  const a = rkme(pair.a);
  const b = rkme(pair.b);
  expect(squaredMmd(a, b)).toBeCloseTo(pair.a_dist_b, 12);
  expect(squaredMmd(b, a)).toBeCloseTo(pair.b_dist_a, 12);
  expect(squaredMmd(a, a)).toBeCloseTo(pair.a_dist_a, 12);
});

test.for(pairs)("the embedding of the pair $name at points is that of the package", (pair) => {
  const points = fromRows(pair.points.map((point) => point.flat(Infinity) as number[]));
  const values = embeddingAt(rkme(pair.a), points);
  pair.a_inner_prod_with_points.forEach((f, i) => expect(values[i]).toBeCloseTo(f, 12));
});

test("two single points at distance r have 2 − 2·exp(−gamma·r²)", () => {
  const at = (x: number) => rkme({ z: [[x, 0]], beta: [1], gamma: 0.3 });
  expect(squaredMmd(at(0), at(2))).toBeCloseTo(2 - 2 * Math.exp(-0.3 * 4), 15);
});

const anyRkme = fc
  .array(
    fc.record({
      point: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
      weight: fc.double({ min: -2, max: 2, noNaN: true }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    rkme({ z: all.map(({ point }) => point), beta: all.map(({ weight }) => weight), gamma: 0.2 }),
  );

test("the squared distance is symmetric, not negative, and 0 from a set to itself", () => {
  fc.assert(
    fc.property(anyRkme, anyRkme, (a, b) => {
      const distance = squaredMmd(a, b);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(Math.abs(distance - squaredMmd(b, a))).toBeLessThan(1e-11);
      expect(squaredMmd(a, a)).toBeLessThan(1e-11);
    }),
  );
});

test("its root obeys the triangle inequality", () => {
  fc.assert(
    fc.property(anyRkme, anyRkme, anyRkme, (a, b, c) => {
      const [ab, bc, ac] = [squaredMmd(a, b), squaredMmd(b, c), squaredMmd(a, c)].map(Math.sqrt);
      expect(ac!).toBeLessThanOrEqual(ab! + bc! + 1e-5);
    }),
  );
});

test("moving a set's weight to an equal point changes nothing", () => {
  const whole = rkme({ z: [[1, 2]], beta: [1], gamma: 0.1 });
  const split = rkme({
    z: [
      [1, 2],
      [1, 2],
    ],
    beta: [0.3, 0.7],
    gamma: 0.1,
  });
  expect(squaredMmd(whole, split)).toBeCloseTo(0, 15);
});

test("refuses sets of different dimension, and weights that do not match the points", () => {
  const a = rkme({ z: [[1, 2]], beta: [1], gamma: 0.1 });
  const b = rkme({ z: [[1]], beta: [1], gamma: 0.1 });
  const refusal = expect.objectContaining({ code: "shape_mismatch" }) as Error;
  expect(() => squaredMmd(a, b)).toThrow(refusal);
  expect(() => innerProduct(a, { ...a, weights: new Float64Array(2) })).toThrow(refusal);
});

function rkme({ z, beta, gamma }: Side): Specification {
  const points = fromRows(z.map((point) => point.flat(Infinity) as number[]));
  return { points, weights: Float64Array.from(beta), kernel: gaussianKernel(gamma), rowCount: 0 };
}
