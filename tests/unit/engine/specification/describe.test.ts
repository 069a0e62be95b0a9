import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { medianGamma } from "../../../../src/engine/specification/kernel/bandwidth";
import { squaredDistance } from "../../../../src/engine/specification/kernel/gaussian";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { type Matrix, pickRows } from "../../../../src/engine/ground/matrix";
import {
  normal,
  type Random,
  sampleIndices,
  seededRandom,
} from "../../../../src/engine/ground/random";
import { describeRows, type Described } from "../../../../src/engine/specification/describe";
import { runPreflight } from "../../../../src/engine/specification/publish/preflight";
import type { Specification } from "../../../../src/engine/specification/specification";
import { WasmCompute } from "../../../../src/runtime/compute/wasm/wasm-compute";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { openBook } from "../../../../src/engine/specification/book/book";
import { embeddingAt } from "../../../../src/engine/specification/kernel/mmd";
import { keyedHalf } from "../../../../src/engine/specification/keyed/keyed-half";
import { secretOf } from "../../../fixtures/secret";

// Every description attacks itself many times over.
/** Distances are judged in single precision. */
const ROUNDING = 1 - 1e-5;

test.for([60, 150, 600])("no row of %i leaks into its description", async (n) => {
  // Of twenty columns the mean alone tells too much of fewer rows.
  for (const d of n < 600 ? [1, 2, 5] : [1, 2, 5, 20]) {
    const random = seededRandom(n + d);
    const x = table(n, d, () => normal(random));
    for (const gamma of [medianGamma(x), 0.1]) expectSafe(x, await describeTable(x, gamma));
  }
});

test("values rounded like those of a real table do not leak either", async () => {
  const random = seededRandom(5);
  const x = table(150, 4, () => Math.round(normal(random) * 5) / 10);
  expectSafe(x, await describeTable(x, medianGamma(x)));
});

test.for<[string, number, number, (random: Random) => number]>([
  ["one binary column", 200, 1, (random) => (random() < 0.5 ? 0 : 1)],
  ["three binary columns", 1000, 3, (random) => (random() < 0.3 ? 0 : 1)],
  ["ten binary columns", 500, 10, (random) => (random() < 0.5 ? 0 : 1)],
  ["a grid of few values", 500, 2, (random) => Math.floor(random() * 4)],
])("%s end in a safe description", async ([, n, d, draw]) => {
  const random = seededRandom(n);
  const x = table(n, d, () => draw(random));
  expectSafe(x, await describeTable(x, medianGamma(x)));
});

test("one lone row among duplicates is refused, since any summary would show it", async () => {
  const x = table(300, 2, (i) => (i < 2 ? 7 : 0));
  await expect(describeTable(x, 0.1)).rejects.toMatchObject({ code: "preflight_failed" });
});

test("a table of fewer than twenty rows is refused at once", async () => {
  const random = seededRandom(1);
  for (const n of [1, 9, 19]) {
    const x = table(n, 3, () => normal(random));
    await expect(describeTable(x, 0.1)).rejects.toMatchObject({
      code: "preflight_failed",
      details: { reason: "too_few_rows", rows: n },
    });
  }
});

test("twenty rows of five columns are refused, since their mean alone tells who was among them", async () => {
  const random = seededRandom(1);
  const x = table(20, 5, () => normal(random));
  await expect(describeTable(x, 0.1)).rejects.toMatchObject({
    code: "preflight_failed",
    details: { reason: "attack", rows: 20 },
  });
});

test("forty rows are described by few points, none of them a row", async () => {
  const random = seededRandom(1);
  const x = table(40, 2, () => normal(random));
  const described = await describeTable(x, medianGamma(x));
  expect(described.preflight).toMatchObject({ passed: true });
  expect(described.preflight.attackAuc).toBeLessThanOrEqual(0.55);
  expect(described.preflight.strongAuc).toBeLessThanOrEqual(0.58);
  expect(described.preflight.truePositiveRate).toBeLessThanOrEqual(0.03);
  expect(described.rkme.points.rows).toBeLessThanOrEqual(4);
  expectSafe(x, described);
});

test("a table whose rows are all the same is refused", async () => {
  await expect(
    describeTable(
      table(100, 3, () => 2),
      0.1,
    ),
  ).rejects.toMatchObject({
    code: "preflight_failed",
    details: { reason: "too_close", rows: 100 },
  });
});

test("rows that were put in as points are all thrown out", async () => {
  const random = seededRandom(3);
  const x = table(400, 3, () => normal(random));
  const rows = await new ReferenceCompute().load(x);
  const leaked: Specification = {
    points: { data: Float64Array.from(x.data.subarray(0, 60)), rows: 20, cols: 3 },
    weights: new Float64Array(20).fill(1 / 20),
    kernel: gaussianKernel(0.2),
    rowCount: 400,
  };
  await expect(finish(runPreflight(rows, x, leaked))).rejects.toMatchObject({
    code: "preflight_failed",
    details: { reason: "too_close" },
  });
});

test("points are kept when only their neighbours break a rule, with weights for them alone", async () => {
  const random = seededRandom(3);
  const x = table(400, 2, () => normal(random));
  const rows = await new ReferenceCompute().load(x);
  const points = Float64Array.of(0.31, 0.17, -0.9, 0.4, x.data[0]!, x.data[1]!, 50, 50);
  const { rkme, report } = await finish(
    runPreflight(rows, x, {
      points: { data: points, rows: 4, cols: 2 },
      weights: new Float64Array(4).fill(1 / 4),
      kernel: gaussianKernel(0.2),
      rowCount: 400,
    }),
  );
  expect([...rkme.points.data]).toEqual([0.31, 0.17, -0.9, 0.4]);
  expect(rkme.weights[0]! + rkme.weights[1]!).toBeCloseTo(1, 9);
  expect(report).toMatchObject({ passed: true, points: 2, dropped: 2 });
});

test("the radius covers 95 % of the rows that were picked", async () => {
  const random = seededRandom(8);
  const x = table(500, 3, () => normal(random));
  const { rkme, radiusSquared } = await describeTable(x, 0.1);
  const half = keyedHalf(x, secretOf(1)).x;
  const inside = Array.from({ length: half.rows }, (_, i) => nearestPoint(half, i, rkme)).filter(
    (distance) => distance <= radiusSquared * (1 + 1e-6),
  );
  expect(inside.length).toBe(Math.ceil(0.95 * half.rows));
});

test("the same rows are described by the same bytes in any order, and by others with another secret", async () => {
  const random = seededRandom(2);
  const x = table(300, 4, () => normal(random));
  const described = await describeTable(x, 0.1);
  for (let seed = 0; seed < 3; seed++) {
    const order = sampleIndices(x.rows, x.rows, seededRandom(seed));
    expect(await describeTable(pickRows(x, order), 0.1)).toEqual(described);
  }
  const other = await describeTable(x, 0.1, 2);
  expect(other.rkme.points).not.toEqual(described.rkme.points);
  expect([described.rkme.rowCount, other.rkme.rowCount]).toEqual([300, 300]);
});

describe("on a book", () => {
  const random = seededRandom(11);
  const x = table(300, 4, () => normal(random));
  const kernel = gaussianKernel(0.1);
  const points = table(64, 4, () => 1.5 * normal(random));
  const book = openBook(points, kernel);
  const describeOnBook = async (rows: Matrix<Float32Array>, secret = 1) =>
    finish(
      describeRows(await WasmCompute.create(), rows, { kernel, book, secret: secretOf(secret) }),
    );

  test("rows are described by weights of its points, which come from the rows that were picked", async () => {
    const { rkme, bookWeights, preflight } = await describeOnBook(x);
    expect(bookWeights).toHaveLength(64);
    const carrying = [...bookWeights!.keys()].filter((j) => bookWeights![j]! > 0);
    expect(rkme.weights).toEqual(Float64Array.from(carrying, (j) => bookWeights![j]!));
    expect(preflight).toMatchObject({ passed: true, points: carrying.length, fewestRows: null });
    expect(preflight.strongAuc).toBeLessThanOrEqual(0.58);
    const near = squaredMmdTo(rkme, keyedHalf(x, secretOf(1)).x);
    expect(near).toBeLessThan(squaredMmdTo(rkme, keyedHalf(x, secretOf(2)).x));
  });

  test("the union of twenty orders of the rows tells no more than one", async () => {
    const described = await describeOnBook(x);
    for (let seed = 0; seed < 20; seed++) {
      const order = sampleIndices(x.rows, x.rows, seededRandom(seed));
      expect(await describeOnBook(pickRows(x, order))).toEqual(described);
    }
    expect((await describeOnBook(x, 2)).bookWeights).not.toEqual(described.bookWeights);
  });

  test("of a pinned book the main directions alone are told, in any order of the rows, and tell attackers less", async () => {
    const few = pickRows(
      x,
      Int32Array.from({ length: 150 }, (_, i) => i),
    );
    const describePinned = async (rows: Matrix<Float32Array>) => {
      const options = { kernel, book, isPinned: true, secret: secretOf(1) };
      return finish(describeRows(await WasmCompute.create(), rows, options));
    };
    const pinned = await describePinned(few);
    const order = sampleIndices(few.rows, few.rows, seededRandom(1));
    expect(await describePinned(pickRows(few, order))).toEqual(pinned);
    const { preflight } = await describeOnBook(few);
    expect(pinned.preflight.strongAuc).toBeLessThan(preflight.strongAuc);
    const near = squaredMmdTo(pinned.rkme, keyedHalf(few, secretOf(1)).x);
    expect(near).toBeLessThan(
      squaredMmdTo(
        pinned.rkme,
        table(150, 4, () => 1 + normal(random)),
      ),
    );
  });

  test("a few rows, copied many times, are refused, since their weights would tell them", async () => {
    for (const different of [1, 4]) {
      const copies = table(1200, 4, (i) => Math.floor(i / 4) % different);
      await expect(describeOnBook({ ...copies, rows: 300 })).rejects.toMatchObject({
        code: "preflight_failed",
        details: { reason: "too_close" },
      });
    }
  });
});

test("any table of few different values ends, safely or refused", async () => {
  const values = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(values, fc.integer({ min: 1, max: 3 }), async (numbers, d) => {
      const x = table(Math.floor(numbers.length / d), d, (i) => numbers[i]!);
      try {
        expectSafe(x, await describeTable(x, 0.3));
      } catch (error) {
        expect(error).toMatchObject({ code: "preflight_failed" });
      }
    }),
    { numRuns: 30 },
  );
});

async function describeTable(
  x: Matrix<Float32Array>,
  gamma: number,
  secret = 1,
): Promise<Described> {
  const options = { kernel: gaussianKernel(gamma), secret: secretOf(secret) };
  return finish(describeRows(await WasmCompute.create(), x, options));
}

/** The rules, checked on the rows that were picked, pair by pair and without the code that checks them. */
function expectSafe(all: Matrix<Float32Array>, { rkme, preflight }: Described): void {
  const { x } = keyedHalf(all, secretOf(1));
  const behind = new Int32Array(rkme.points.rows);
  for (let i = 0; i < x.rows; i++) {
    const distances = Array.from({ length: rkme.points.rows }, (_, j) =>
      squaredDistance(x, i, rkme.points, j),
    );
    const least = Math.min(...distances);
    expect(Math.sqrt(least)).toBeGreaterThanOrEqual(preflight.distanceLimit! * ROUNDING);
    behind[distances.indexOf(least)]!++;
  }
  expect(Math.min(...behind)).toBeGreaterThanOrEqual(5);
  expect(preflight.distanceLimit).toBeCloseTo(0.01 * medianNeighbour(x), 9);
  expect(preflight).toMatchObject({ passed: true, points: rkme.points.rows });
  expect(rkme.weights.every((w) => w > 0)).toBe(true);
  expect(rkme.weights.reduce((total, w) => total + w, 0)).toBeCloseTo(1, 9);
  expect(rkme.points.data.every((v) => Math.fround(v) === v)).toBe(true);
}

function medianNeighbour(x: Matrix<Float32Array>): number {
  const nearest = Array.from({ length: x.rows }, (_, i) => {
    let least = Infinity;
    for (let j = 0; j < x.rows; j++) {
      const distance = squaredDistance(x, i, x, j);
      if (distance > 0 && distance < least) least = distance;
    }
    return Math.sqrt(least);
  }).sort((a, b) => a - b);
  return nearest[nearest.length >> 1]!;
}

/** Squared MMD, less what does not depend on the specification. */
function squaredMmdTo(rkme: Specification, x: Matrix): number {
  const values = embeddingAt(rkme, x);
  const own = embeddingAt(rkme, rkme.points);
  const mean = values.reduce((sum, value) => sum + value, 0) / x.rows;
  return own.reduce((sum, value, j) => sum + value * rkme.weights[j]!, 0) - 2 * mean;
}

function nearestPoint(x: Matrix<Float32Array>, row: number, { points }: Specification): number {
  return Math.min(
    ...Array.from({ length: points.rows }, (_, j) => squaredDistance(x, row, points, j)),
  );
}

function table(rows: number, cols: number, value: (i: number) => number): Matrix<Float32Array> {
  return { data: Float32Array.from({ length: rows * cols }, (_, i) => value(i)), rows, cols };
}
