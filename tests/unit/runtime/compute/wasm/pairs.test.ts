import { beforeAll, describe, expect, test } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { innerProduct } from "../../../../../src/engine/specification/kernel/mmd";
import { seededRandom } from "../../../../../src/engine/ground/random";
import {
  packRkme,
  type PairKernel,
  type ReachingRkme,
  ReferencePairs,
} from "../../../../../src/engine/search/pairs";
import { rankReduced, reducedUser } from "../../../../../src/engine/search/rank-reduced";
import type { Specification } from "../../../../../src/engine/specification/specification";
import { WasmPairs } from "../../../../../src/runtime/compute/wasm/wasm-pairs";
import { randomRkme } from "../../../../fixtures/random-rkme";

const reference = new ReferencePairs();
/** Single-precision kernels of order 1, times weights that sum to about one on either side. */
const TOLERANCE = 1e-6;
/** What rounding does to a squared distance. */
const MARGIN = 1e-5;

let kernel: PairKernel;
beforeAll(async () => {
  kernel = await WasmPairs.create();
});

/** Points of one, dimension, points of the others. */
const shapes: readonly [m: number, d: number, n: number][] = [
  [1, 1, 1],
  [3, 2, 5],
  [8, 3, 4],
  [9, 4, 3],
  [25, 5, 100],
  [100, 20, 100],
  [100, 100, 98],
  [7, 784, 2],
  [33, 1, 601],
];

function reaching(rkme: Specification, radiusSquared: number): ReachingRkme {
  return { ...packRkme(rkme), radiusSquared };
}

/** Products agree, and coverage too wherever rounding cannot decide. */
function expectAgreement(one: Specification, others: readonly ReachingRkme[]): void {
  const packed = packRkme(one);
  const widened = (by: number) =>
    others.map((other) => ({ ...other, radiusSquared: other.radiusSquared * by }));
  const found = kernel.compare(packed, one.kernel.gamma, others);
  const least = reference.compare(packed, one.kernel.gamma, widened(1 - MARGIN));
  const most = reference.compare(packed, one.kernel.gamma, widened(1 + MARGIN));
  found.forEach(({ cross, covered }, i) => {
    expect(Math.abs(cross - least[i]!.cross)).toBeLessThan(TOLERANCE);
    expect(covered).toHaveLength(Math.ceil(one.points.rows / 8));
    expect(covered.map((bits, at) => bits | most[i]!.covered[at]!)).toEqual(most[i]!.covered);
    expect(covered.map((bits, at) => bits & least[i]!.covered[at]!)).toEqual(least[i]!.covered);
  });
}

describe("WasmPairs", () => {
  test.for(shapes)("agrees with the reference on %i points of %i numbers and %i", ([m, d, n]) => {
    const random = seededRandom(m + 1000 * d + n);
    const one = randomRkme(random, [m, d]);
    const others = [n, 1, 4, n + 1].map((rows, i) =>
      reaching(randomRkme(random, [rows, d], { center: i / 2 }), d * (0.5 + i)),
    );
    expectAgreement(one, others);
  });

  test("takes weights of any sign, and zeros", () => {
    const random = seededRandom(2);
    const [one, other] = [randomRkme(random, [21, 5]), randomRkme(random, [18, 5])];
    const signed = (set: Specification) =>
      set.weights.map((w, i) => (i % 3 === 0 ? 0 : i % 2 ? -w : w));
    expectAgreement({ ...one, weights: signed(one) }, [
      reaching({ ...other, weights: signed(other) }, 4),
      reaching({ ...other, weights: new Float64Array(18) }, 4),
    ]);
  });

  test("errs no more far from the origin than near to it", () => {
    const random = seededRandom(3);
    for (const center of [1e3, -1e6]) {
      const one = randomRkme(random, [30, 4], { center });
      expectAgreement(one, [reaching(randomRkme(random, [30, 4], { center }), 3)]);
    }
  });

  test("has nothing in common with what is far away", () => {
    const random = seededRandom(4);
    const one = randomRkme(random, [10, 3]);
    const far = randomRkme(random, [10, 3], { center: 1e12 });
    for (const [a, b] of [
      [one, far],
      [far, one],
    ] as const) {
      const [compared] = kernel.compare(packRkme(a), 1, [reaching(b, 1e6)]);
      expect(compared).toEqual({ cross: 0, covered: new Uint8Array(2) });
    }
  });

  test("a reach of 0 covers equal points and no others, a huge one all", () => {
    const random = seededRandom(5);
    const one = randomRkme(random, [11, 5]);
    const half = { ...packRkme(one), rows: 5 };
    const other = {
      ...half,
      points: half.points.subarray(0, 4 * 5 * 5),
      weights: half.weights.subarray(0, 4 * 5),
    };
    const masks = [0, 1e30].map((radiusSquared) => {
      return kernel.compare(packRkme(one), 1, [{ ...other, radiusSquared }])[0]!.covered;
    });
    expect(masks).toEqual([Uint8Array.of(0b11111, 0), Uint8Array.of(255, 0b111)]);
  });

  test("takes bytes from anywhere in a larger buffer", () => {
    const random = seededRandom(6);
    const [one, other] = [randomRkme(random, [6, 3]), randomRkme(random, [7, 3])];
    const { points, weights, ...shape } = packRkme(other);
    const shifted = (bytes: Uint8Array) => {
      const held = new Uint8Array(bytes.length + 3);
      held.set(bytes, 3);
      return held.subarray(3);
    };
    const moved = { ...shape, points: shifted(points), weights: shifted(weights) };
    const [compared] = kernel.compare(packRkme(one), one.kernel.gamma, [
      { ...moved, radiusSquared: 1 },
    ]);
    expect(compared!.cross).toBeCloseTo(innerProduct(one, other), 6);
  });

  test("answers the same whatever was compared before, larger sets too", () => {
    const random = seededRandom(7);
    const one = packRkme(randomRkme(random, [10, 3]));
    const other = reaching(randomRkme(random, [10, 3]), 1);
    const before = kernel.compare(one, 1, [other]);
    const large = reaching(randomRkme(random, [900, 90]), 1);
    kernel.compare(large, 1, [large]);
    expect(kernel.compare(one, 1, [other, other])).toEqual([...before, ...before]);
  });

  test("is symmetric, and no product is larger than the sets are long", () => {
    const random = seededRandom(8);
    const sets = Array.from({ length: 6 }, (_, i) =>
      reaching(randomRkme(random, [5 + 7 * i, 4], { center: i / 3 }), 1),
    );
    const gram = sets.map((set) => kernel.compare(set, 0.3, sets).map(({ cross }) => cross));
    gram.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(gram[j]![i]!, 6);
        expect(value ** 2).toBeLessThanOrEqual(row[i]! * gram[j]![j]! + TOLERANCE);
      });
    });
  });

  test("refuses what the reference refuses", () => {
    const random = seededRandom(9);
    const one = packRkme(randomRkme(random, [3, 2]));
    const wide = reaching(randomRkme(random, [3, 3]), 1);
    expect(() => kernel.compare(one, 1, [wide])).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
    expect(() => kernel.compare(one, NaN, [])).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });

  test("ranks and mixes like the reference", async () => {
    const random = seededRandom(10);
    const user = randomRkme(random, [40, 5], { center: 0.4 });
    const candidates = Array.from({ length: 60 }, (_, i) => {
      const rkme = randomRkme(random, [20 + (i % 7), 5], { center: (i - 30) / 10 });
      return { ...reaching(rkme, 4), id: `${i}`, selfProduct: innerProduct(rkme, rkme) };
    });
    const [expected, found] = await Promise.all(
      [reference, kernel].map(async (one) =>
        finish(rankReduced(one, reducedUser(user), candidates)),
      ),
    );
    expect(found!.singles.map(({ id }) => id)).toEqual(expected!.singles.map(({ id }) => id));
    expect(found!.mixture!.mmd2).toBeCloseTo(expected!.mixture!.mmd2, 6);
    expect(found!.mixture!.members.map(({ id }) => id)).toEqual(
      expected!.mixture!.members.map(({ id }) => id),
    );
  });
});
