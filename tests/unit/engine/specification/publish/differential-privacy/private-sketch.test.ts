import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  type RandomFeatures,
  randomFeatures,
  sketchOf,
} from "../../../../../../src/engine/specification/kernel/random-features";
import { finish } from "../../../../../../src/engine/ground/finish";
import { fromRows, type Matrix, toRows } from "../../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../../src/engine/ground/random";
import { openBook, sketchOfMeans } from "../../../../../../src/engine/specification/book/book";
import { meansOnBook } from "../../../../../../src/engine/specification/book/row-means";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";
import { gaussianMultiplier } from "../../../../../../src/engine/specification/publish/differential-privacy/gaussian-calibration";
import {
  clipRows,
  ON_BOOK,
  ON_FEATURES,
  privateSketch,
  sketchSensitivity,
} from "../../../../../../src/engine/specification/publish/differential-privacy/private-sketch";
import { seededBytes } from "../../../../../fixtures/random-bytes";

const distance = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));

describe("how far one row moves a sketch", () => {
  test("is never more than 2/n, whichever row is replaced by whichever other", () => {
    const features = randomFeatures({ cols: 2, gamma: 0.4, seed: "a@1", count: 64 });
    const grid = [-1000, -2, -0.3, 0, 0.7, 5, 1000];
    const others = grid.flatMap((a) => grid.map((b) => [a, b]));
    const rows = others.filter((_, i) => i % 6 === 0);
    const before = sketchOf(fromRows(rows), null, features);
    for (const i of rows.keys()) {
      for (const other of others) {
        const after = sketchOf(fromRows(rows.with(i, other)), null, features);
        expect(distance(before, after)).toBeLessThanOrEqual(
          sketchSensitivity(ON_FEATURES, rows.length) * (1 + 1e-12),
        );
      }
    }
  });

  test("comes to 2/n between a row and one half a turn away", () => {
    const features = randomFeatures({ cols: 1, gamma: 0.4, seed: "a@1", count: 2 });
    const [before, after] = neighbours(features);
    expect(distance(before, after)).toBeCloseTo(sketchSensitivity(ON_FEATURES, ROWS), 12);
  });
});

describe("how far one row moves a sketch on a book", () => {
  const grid = [-1e30, -1000, -3, -1, -0.3, 0, 0.4, 1.2, 5, 1000, 3e38];
  const others = grid.flatMap((a) => grid.map((b) => [a, b]));
  const near = cloud(40, 2);
  const sketchOn = async (rows: Matrix<Float32Array>) =>
    sketchOfMeans(book, await finish(meansOnBook(book, rows)));

  test("is never more than √2/n, whichever row is replaced by whichever other", async () => {
    const rows = cloud(6, 3);
    const before = await sketchOn(rows);
    for (const other of others) {
      const data = rows.data.with(0, other[0]!).with(1, other[1]!);
      const after = await sketchOn({ ...rows, data });
      expect(distance(before, after)).toBeLessThanOrEqual(sketchSensitivity(ON_BOOK, rows.rows));
    }
  });

  test("comes to √2/n between two points of the book that are far from each other", async () => {
    const apart = openBook(fromRows([...toRows(near), [50, 50]]), kernel);
    const sketch = async (row: number[]) => {
      const rows = { data: Float32Array.from([0.1, 0.2, ...row]), rows: 2, cols: 2 };
      return sketchOfMeans(apart, await finish(meansOnBook(apart, rows)));
    };
    const moved = distance(await sketch([50, 50]), await sketch(toRows(near)[0]!));
    expect(moved).toBeCloseTo(Math.SQRT2 / 2, 5);
    expect(moved).toBeLessThan(sketchSensitivity(ON_BOOK, 2));
  });

  test("is the same to the last digits that count, in whatever order the rows are summed", async () => {
    const rows = cloud(5000, 4);
    const turned = { ...rows, data: Float32Array.from(toRows(rows).reverse().flat()) };
    const moved = distance(await sketchOn(rows), await sketchOn(turned));
    expect(moved).toBeLessThan(ON_BOOK.rounding);
  });

  const kernel = gaussianKernel(0.3);
  const book = openBook(near, kernel);

  function cloud(rows: number, seed: number): Matrix<Float32Array> {
    const random = seededRandom(seed);
    return { data: Float32Array.from({ length: 2 * rows }, () => normal(random)), rows, cols: 2 };
  }
});

describe("a private sketch", () => {
  /**
   * An audit that assumes nothing of the noise: the attacker sees the sketch of one of two
   * neighbouring tables, the worst there are, and guesses which. Privacy bounds how much likelier
   * any guess may be: ln((P(guess | right) − δ) / P(guess | wrong)) ≤ ε.
   */
  function auditedEpsilon([zero, one]: readonly [number[], number[]]): number {
    let most = -Infinity;
    for (const share of [0.001, 0.002, 0.005, 0.01, 0.05, 0.2]) {
      const wrong = Math.ceil(share * DRAWS);
      const threshold = zero[wrong - 1]!;
      const right = one.filter((value) => value > threshold).length;
      // Three standard errors against the attacker, on both counts.
      const low = (right - 3 * Math.sqrt(right)) / DRAWS - BUDGET.delta;
      const high = (wrong + 3 * Math.sqrt(wrong)) / DRAWS;
      if (low > 0) most = Math.max(most, Math.log(low / high));
    }
    return most;
  }

  test("lets no attacker exceed ε, where half the noise would", () => {
    const [asItIs, halved] = attackedSketches([1, 0.5]);
    expect(auditedEpsilon(asItIs!)).toBeLessThan(BUDGET.epsilon);
    expect(auditedEpsilon(halved!)).toBeGreaterThan(BUDGET.epsilon);
  });

  test("has the noise that its budget asks for, and not more", () => {
    const sketch = new Float64Array(512).fill(0.03);
    for (const [epsilon, rowCount] of [
      [0.5, 200],
      [4, 5000],
    ] as const) {
      const noisy = privateSketch(sketch, {
        kind: ON_FEATURES,
        epsilon,
        delta: 1e-5,
        rowCount,
        random: seededBytes(1),
      });
      const variance = noisy.reduce((sum, value) => sum + (value - 0.03) ** 2, 0) / 512;
      const sigma =
        gaussianMultiplier({ epsilon, delta: 1e-5 }) *
        (sketchSensitivity(ON_FEATURES, rowCount) + 4e-5);
      expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / 512));
    }
  });

  test("is on the grid whatever the sketch, before it is rounded to single precision", () => {
    const whole = fc.integer({ min: -(2 ** 36), max: 2 ** 36 });
    fc.assert(
      fc.property(whole, fc.double({ min: -0.4, max: 0.4, noNaN: true }), (steps, off) => {
        const at = (value: number) =>
          privateSketch(Float64Array.of(value), {
            ...BUDGET,
            rowCount: 50,
            random: seededBytes(steps),
          });
        expect(at((steps + off) / 2 ** 40)).toEqual(at(steps / 2 ** 40));
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["no rows", { rowCount: 0 }, 0],
    ["a budget of nothing", { epsilon: 0 }, 0],
    ["a sketch that is not finite", {}, Number.NaN],
  ])("is refused for %s", (_, change, value) => {
    const options = { ...BUDGET, rowCount: 10, random: seededBytes(1), ...change };
    expect(() => privateSketch(Float64Array.of(value), options)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  });
});

test("rows are clipped to the same bounds whatever they are", () => {
  const data = Float32Array.of(1e30, -1e30, 999, -3, 1001, 0);
  clipRows({ data, rows: 3, cols: 2 });
  expect([...data]).toEqual([1000, -1000, 999, -3, 1000, 0]);
});

const ROWS = 4;
const DRAWS = 20_000;
const BUDGET = { kind: ON_FEATURES, epsilon: 4, delta: 1e-5 };

/** Sketches of two tables that differ in one row, as far apart as they can be. */
function neighbours(features: RandomFeatures): [Float64Array, Float64Array] {
  const halfTurn = Math.PI / features.frequencies.data[0]!;
  return [
    sketchOf(fromRows([[0.1], [0.2], [0.3], [0]]), null, features),
    sketchOf(fromRows([[0.1], [0.2], [0.3], [halfTurn]]), null, features),
  ];
}

/**
 * What an attacker sees of each of two neighbours, many times over: how far their private sketches
 * lie in the direction from the one to the other. Descending.
 *
 * @param scales - What to multiply the noise by; 1 leaves it as it is.
 * @returns For each scale, of the one neighbour and of the other.
 */
function attackedSketches(scales: readonly number[]): [number[], number[]][] {
  const features = randomFeatures({ cols: 1, gamma: 0.4, seed: "a@1", count: 2 });
  const random = seededBytes(9);
  const [zero, one] = neighbours(features);
  const noises = [zero, one].map((sketch) => {
    // The noise of each number is its own, so many sketches can be one long one.
    const many = Float64Array.from({ length: 2 * DRAWS }, (_, i) => sketch[i % 2]!);
    const noisy = privateSketch(many, { ...BUDGET, rowCount: ROWS, random });
    return many.map((value, i) => noisy[i]! - value);
  });
  const attack = (sketch: Float64Array, noise: Float64Array, scale: number) =>
    Array.from({ length: DRAWS }, (_, i) =>
      [0, 1].reduce((sum, j) => {
        const seen = sketch[j]! + scale * noise[2 * i + j]!;
        return sum + seen * (one[j]! - zero[j]!);
      }, 0),
    ).sort((a, b) => b - a);
  return scales.map((scale) => [attack(zero, noises[0]!, scale), attack(one, noises[1]!, scale)]);
}
