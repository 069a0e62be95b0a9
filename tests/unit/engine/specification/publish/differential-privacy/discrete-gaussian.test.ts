import { describe, expect, test } from "vitest";

import { discreteGaussian } from "../../../../../../src/engine/specification/publish/differential-privacy/discrete-gaussian";
import {
  bernoulliExp,
  uniformBelow,
} from "../../../../../../src/engine/specification/publish/differential-privacy/exact-draws";
import { seededBytes } from "../../../../../fixtures/random-bytes";

/** Upper 0.1 % point of χ² (Wilson and Hilferty). */
function chiSquareLimit(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 3.09 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

/** Σ (seen − expected)² / expected, over the outcomes expected often enough, and how many those are. */
function chiSquare(seen: ReadonlyMap<number, number>, expected: ReadonlyMap<number, number>) {
  const usual = [...expected].filter(([, count]) => count >= 5);
  const statistic = usual.reduce(
    (sum, [outcome, count]) => sum + ((seen.get(outcome) ?? 0) - count) ** 2 / count,
    0,
  );
  return { statistic, limit: chiSquareLimit(usual.length - 1) };
}

function tally(draws: number, draw: () => number): Map<number, number> {
  const seen = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const outcome = draw();
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  return seen;
}

describe("exact draws", () => {
  test.each([1n, 2n, 7n, 256n, 257n])("are uniform below %d", (bound) => {
    const random = seededBytes(Number(bound));
    const seen = tally(5000, () => Number(uniformBelow(bound, random)));
    const expected = new Map(Array.from(seen.keys(), (value) => [value, 5000 / Number(bound)]));
    expect(seen.size).toBe(Number(bound));
    if (bound > 1n) {
      const { statistic, limit } = chiSquare(seen, expected);
      expect(statistic).toBeLessThan(limit);
    }
  });

  test.each([
    [0n, 1n],
    [1n, 3n],
    [1n, 1n],
    [7n, 3n],
    [4n, 1n],
  ])("are true with probability exp(−%d/%d)", (numerator, denominator) => {
    const random = seededBytes(Number(numerator));
    const seen = tally(20_000, () => Number(bernoulliExp(numerator, denominator, random)));
    const p = Math.exp(-Number(numerator) / Number(denominator));
    const error = Math.sqrt((p * (1 - p)) / 20_000);
    expect(Math.abs((seen.get(1) ?? 0) / 20_000 - p)).toBeLessThanOrEqual(4 * error);
  });
});

describe("the discrete Gaussian", () => {
  test.each([1, 3, 10])("with σ = %d has its probabilities", (sigma) => {
    const draws = 20_000;
    const random = seededBytes(sigma);
    const seen = tally(draws, () => Number(discreteGaussian(BigInt(sigma), random)));
    const density = (y: number) => Math.exp(-(y * y) / (2 * sigma * sigma));
    const outcomes = Array.from({ length: 20 * sigma + 1 }, (_, i) => i - 10 * sigma);
    const total = outcomes.reduce((sum, y) => sum + density(y), 0);
    const expected = new Map(outcomes.map((y) => [y, (draws * density(y)) / total]));
    const { statistic, limit } = chiSquare(seen, expected);
    expect(statistic).toBeLessThan(limit);
  });

  test("with σ = 2⁴⁰ has the moments and quartiles of the normal", () => {
    const sigma = 2n ** 40n;
    const random = seededBytes(4);
    const draws = Array.from(
      { length: 5000 },
      () => Number(discreteGaussian(sigma, random)) / Number(sigma),
    );
    const mean = draws.reduce((sum, y) => sum + y, 0) / draws.length;
    const variance = draws.reduce((sum, y) => sum + y * y, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(5000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 5000));
    const inner = draws.filter((y) => Math.abs(y) < 0.6744897501960817).length / 5000;
    expect(Math.abs(inner - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 5000));
  });
});
