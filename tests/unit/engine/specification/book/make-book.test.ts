import { describe, expect, it } from "vitest";

import { EngineError } from "../../../../../src/engine/ground/errors";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { BOOK_POINTS, makeBook } from "../../../../../src/engine/specification/book/make-book";
import { decodeBook, encodeBook } from "../../../../../src/engine/specification/files/book-file";
import { packShares, unpackShares } from "../../../../../src/engine/specification/book/shares";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import type { Specification } from "../../../../../src/engine/specification/specification";

const D = 4;

function outlines(count: number): Specification[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, i) => ({
    points: {
      data: Float64Array.from({ length: 6 * D }, () => (i % 5) + normal(random)),
      rows: 6,
      cols: D,
    },
    weights: new Float64Array(6).fill(1 / 6),
    kernel: gaussianKernel(0.2),
    rowCount: 100,
  }));
}

describe("makeBook", () => {
  it("draws points that are spread as the published ones are, and are none of them", async () => {
    const made = (await makeBook(outlines(12), "houses@2"))!;
    expect([made.rows, made.cols]).toEqual([BOOK_POINTS, D]);
    const published = new Set(
      outlines(12).flatMap(({ points: { data } }) => [...data].map(Math.fround)),
    );
    const own = [...made.data].filter((number) => published.has(number));
    expect(own.length).toBeLessThan(0.02 * made.data.length);
    const mean = made.data.reduce((sum, number) => sum + number, 0) / made.data.length;
    expect(mean).toBeGreaterThan(1.4);
    expect(mean).toBeLessThan(2.6);
  });

  it("gives the same for the same seed, another for another", async () => {
    const [a, b, c] = await Promise.all(
      ["s@1", "s@1", "s@2"].map((seed) => makeBook(outlines(12), seed)),
    );
    expect(a!.data).toEqual(b!.data);
    expect(a!.data).not.toEqual(c!.data);
  });

  it("has no point twice, also where all published points are the same", async () => {
    const same = outlines(12).map((one) => ({
      ...one,
      points: { ...one.points, data: new Float64Array(6 * D).fill(1) },
    }));
    expect((await makeBook(same, "s"))!.rows).toBe(1);
    expect(await makeBook([], "s")).toBeNull();
  });

  it("stays in the directions that the published points have", async () => {
    const flat = outlines(12).map((one) => ({
      ...one,
      points: { ...one.points, data: one.points.data.map((x, at) => (at % D === 0 ? 3 : x)) },
    }));
    const made = (await makeBook(flat, "s"))!;
    expect(made.data.every((number, at) => at % D !== 0 || number === 3)).toBe(true);
  });
});

describe("a book's file", () => {
  it("gives the points back, as NumPy would read them", async () => {
    const made = (await makeBook(outlines(12), "s"))!;
    const bytes = encodeBook(made);
    expect(String.fromCharCode(...bytes.subarray(1, 6))).toBe("NUMPY");
    expect((bytes.length - 4 * made.data.length) % 64).toBe(0);
    expect(decodeBook(bytes, D)).toEqual(made);
  });

  it.each([
    ["nothing", () => new Uint8Array()],
    ["text", () => new TextEncoder().encode("hello, this is no array at all")],
    ["another width", () => encodeBook({ data: new Float64Array(6), rows: 2, cols: 3 })],
    ["half a file", () => encodeBook({ data: new Float64Array(8), rows: 2, cols: D }).slice(0, -9)],
    ["NaN", () => encodeBook({ data: new Float64Array(8).fill(NaN), rows: 2, cols: D })],
    ["no points", () => encodeBook({ data: new Float64Array(0), rows: 0, cols: D })],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeBook(bytes(), D)).toThrow(EngineError);
  });
});

describe("packed weights", () => {
  it("come back to a part in ten thousand, their sum 1", () => {
    const weights = Float64Array.from({ length: 256 }, (_, j) => (j % 3 === 0 ? j + 1 : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const back = unpackShares(packShares(weights));
    expect(back.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    back.forEach((weight, j) => expect(Math.abs(weight - weights[j]! / total)).toBeLessThan(2e-6));
    expect(packShares(weights)).toHaveLength(512);
  });

  it("are refused if they cannot be weights", () => {
    for (const bad of [[0, 0], [-1, 1], [NaN, 1], [Infinity, 1], []]) {
      expect(() => packShares(Float64Array.from(bad))).toThrow(EngineError);
    }
    expect(() => unpackShares(new Uint8Array(4))).toThrow(EngineError);
    expect(() => unpackShares(new Uint8Array([1, 0, 1]))).toThrow(EngineError);
  });
});
