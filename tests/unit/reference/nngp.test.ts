import { expect, test } from "vitest";

import { type Images, nngpGram } from "../../../src/reference/nngp";
import { specificationDistance, specificationProduct } from "../../../src/reference/specification";
import { fromRows } from "../../../src/engine/ground/matrix";
import { readGolden } from "../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";
import type { ImageSpecification } from "../../../src/reference/image-specification";

interface GoldenSet {
  readonly z: number[][][][];
  readonly beta: number[];
}

interface Pair {
  readonly channels: number;
  readonly a: GoldenSet;
  readonly b: GoldenSet;
  readonly K_aa_float32: number[][];
  readonly K_ab_float32: number[][];
  readonly K_aa_float64: number[][];
  readonly K_ab_float64: number[][];
  readonly a_inner_a: number;
  readonly a_inner_b: number;
  readonly b_inner_b: number;
  readonly a_dist_b: number;
}

const { pairs } = readGolden("image_nngp") as { readonly pairs: readonly Pair[] };

test.for(pairs)("the kernel of images of $channels channels is the package's", (pair) => {
  const [a, b] = [images(pair.a), images(pair.b)];
  expectRelative(nngpGram(a, a).data, pair.K_aa_float64.flat(), 1e-9);
  expectRelative(nngpGram(a, b).data, pair.K_ab_float64.flat(), 1e-9);
  // The package itself computes in single precision.
  expectRelative(nngpGram(a, a).data, pair.K_aa_float32.flat(), 1e-5);
  expectRelative(nngpGram(a, b).data, pair.K_ab_float32.flat(), 1e-5);
});

test.for(pairs)("inner products of images of $channels channels are the package's", (pair) => {
  const [a, b] = [specification(pair.a), specification(pair.b)];
  expectRelative([specificationProduct(a, a)], [pair.a_inner_a], 1e-5);
  expectRelative([specificationProduct(a, b)], [pair.a_inner_b], 1e-5);
  expectRelative([specificationProduct(b, b)], [pair.b_inner_b], 1e-5);
  expect(Math.abs(specificationDistance(a, b) - pair.a_dist_b)).toBeLessThan(1e-6);
});

test("two waves have the values of the kernel evaluated in double precision", () => {
  const wave = (value: (i: number, j: number, c: number) => number): Images => ({
    points: fromRows([
      Array.from({ length: 3 * 1024 }, (_, p) => {
        return value(Math.floor((p % 1024) / 32), p % 32, Math.floor(p / 1024));
      }),
    ]),
    channels: 3,
    side: 32,
  });
  const x = wave((i, j, c) => Math.sin(0.1 * (i + 1) * (c + 1)) * Math.cos(0.07 * (j + 1)));
  const y = wave((i, j, c) => Math.cos(0.05 * (i + 1) * (c + 1)) + 0.5 * Math.sin(0.2 * (j + 1)));
  expectRelative(nngpGram(x, x).data, [0.15032626735], 1e-9);
  expectRelative(nngpGram(x, y).data, [0.16492621133], 1e-9);
  expectRelative(nngpGram(y, y).data, [0.26330965318], 1e-9);
});

test("equal images in two objects have almost the diagonal of one object", () => {
  const a = images(pairs[0]!.a);
  const [one, two] = [nngpGram(a, a), nngpGram(a, { ...a })];
  one.data.forEach((value, i) => expect(two.data[i]).toBeCloseTo(value, 6));
});

test("refuses images of other channels, of a side that does not fit, and tables", () => {
  const [a, b] = [images(pairs[0]!.a), images(pairs[1]!.a)];
  const refusal = expect.objectContaining({ code: "shape_mismatch" }) as Error;
  expect(() => nngpGram(a, b)).toThrow(refusal);
  expect(() => nngpGram(a, a, 6)).toThrow(refusal);
  expect(() => nngpGram({ ...a, side: 16 }, { ...a, side: 16 })).toThrow(refusal);
  const set = specification(pairs[0]!.a);
  expect(() => specificationProduct({ ...set, sampleShape: [1, 1024] }, set)).toThrow(refusal);
  const table = {
    points: set.points,
    weights: set.weights,
    kernel: gaussianKernel(0.1),
    rowCount: 0,
  };
  expect(() =>
    specificationProduct(set, {
      ...table,
      type: "RKMETableSpecification",
      sampleShape: [1024],
      language: [],
    }),
  ).toThrow(refusal);
});

function images({ z }: GoldenSet): Images {
  const points = fromRows(z.map((image) => image.flat(2).map(Math.fround)));
  return { points, channels: z[0]!.length, side: z[0]![0]!.length };
}

function specification({ z, beta }: GoldenSet): ImageSpecification {
  const points = fromRows(z.map((image) => image.flat(2).map(Math.fround)));
  return {
    type: "RKMEImageSpecification",
    points,
    sampleShape: [z[0]!.length, 32, 32],
    weights: Float64Array.from(beta),
    modelCount: 16,
    model: { k: 2, mu: 0, sigma: null, netWidth: 128, netDepth: 3 },
  };
}

function expectRelative(
  actual: ArrayLike<number>,
  expected: readonly number[],
  within: number,
): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(within * Math.abs(value));
  });
}
