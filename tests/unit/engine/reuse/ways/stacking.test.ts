import { describe, expect, it } from "vitest";

import { fromRows } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { averaging } from "../../../../../src/engine/reuse/ways/averaging";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import { firstWithinNoise } from "../../../../../src/engine/reuse/ways/restraint";
import { stackClasses } from "../../../../../src/engine/reuse/ways/stack-classes";
import { stackNumbers } from "../../../../../src/engine/reuse/ways/stack-numbers";
import { stacking } from "../../../../../src/engine/reuse/ways/stacking";
import { reuse } from "../reuse-block";
import { classMarket, labelled, numberMarket } from "../made-up-market";

const COUNT = 12;
const shares = new Float64Array(COUNT).fill(1 / COUNT);

describe("stackNumbers", () => {
  const random = seededRandom(1);
  const outputs = fromRows(Array.from({ length: 60 }, () => [normal(random), normal(random)]));
  const said = (a: number, b: number, constant: number) =>
    Float64Array.from(
      { length: 60 },
      (_, i) => a * outputs.data[2 * i]! + b * outputs.data[2 * i + 1]! + constant,
    );
  const even = Float64Array.of(0.5, 0.5);

  it("is the mixture where that is right", () => {
    const stack = stackNumbers(outputs, said(0.5, 0.5, 0), even);
    expect(stack).toEqual({ weights: even, constant: 0, penalty: Infinity });
  });

  it("finds the constant and the scale that the mixture lacks", () => {
    const { weights, constant, penalty } = stackNumbers(outputs, said(1000, 1000, -7), even);
    expect(penalty).toBe(Infinity);
    weights.forEach((weight) => expect(weight).toBeCloseTo(1000, 6));
    expect(constant).toBeCloseTo(-7, 6);
  });

  it("leaves a learnware out whose best weight is negative", () => {
    const { weights, constant } = stackNumbers(outputs, said(2, -1, 3), even);
    expect(weights[1]).toBe(0);
    expect(weights[0]).toBeGreaterThan(1);
    expect(Number.isFinite(constant)).toBe(true);
  });

  it("goes as far from the mixture as labels without noise say", () => {
    const { weights, penalty } = stackNumbers(outputs, said(0.9, 0.1, 0), even);
    expect(penalty).toBe(0.01);
    expect(weights[0]).toBeCloseTo(0.9, 1);
    expect(weights[0]! + weights[1]!).toBeCloseTo(1, 8);
  });
});

describe("stackClasses", () => {
  it("gives each learnware the share of rows that it alone explains", () => {
    const labels = Int32Array.from({ length: 400 }, (_, i) => i % 2);
    const right = (share: number) => (_: unknown, i: number) => (i % 10 < share * 10 ? 1 : 0);
    const of = (isRight: (_: unknown, i: number) => number) =>
      fromRows(
        Array.from(labels, (code, i) => {
          const p = isRight(code, i);
          return code === 1 ? [1 - p, p] : [p, 1 - p];
        }),
      );
    // The second is right exactly where the first is wrong.
    const values = [of(right(0.8)), of((_, i) => 1 - right(0.8)(_, i))];
    const target = { task: "classification", codes: labels, classes: 2 } as const;
    const { weights, penalty } = stackClasses(values, target, Float64Array.of(0.5, 0.5));
    // 320 of 400 rows, and half of those that the mixture counts for; what is ruled out counts as 0.001.
    expect(weights[0]).toBeCloseTo((320 + penalty / 2) / (400 + penalty), 2);
    expect(penalty).toBeLessThanOrEqual(30);
    expect(weights[0]! + weights[1]!).toBeCloseTo(1, 12);
  });
});

describe("stacking", () => {
  const lossOf = async (
    make: typeof numberMarket,
    labels: number,
    error: number,
  ): Promise<number> => {
    let ratio = 0;
    for (let seed = 0; seed < 6; seed++) {
      const known = make({ rows: labels, seed: 10 + seed, error, learnwares: COUNT });
      const test = make({ rows: 300, seed: 50 + seed, error, learnwares: COUNT });
      const task = { shares, known: labelled(known) };
      const [stacked, average] = await Promise.all(
        [stacking, averaging].map(async (reuser) => {
          const { values } = await reuse(reuser, task, test.block);
          return rowLosses(values, test.target).reduce((sum, loss) => sum + loss, 0);
        }),
      );
      ratio += stacked! / average! / 6;
    }
    return ratio;
  };

  it.each([20, 50, 200])("is next to the average where that is best, from %i labels", async (n) => {
    expect(await lossOf(numberMarket, n, 0)).toBeLessThan(1.06);
    expect(await lossOf(classMarket, n, 0)).toBeLessThan(1.02);
  });

  it.each([20, 50, 200])("beats the average of unequal learnwares, from %i labels", async (n) => {
    expect(await lossOf(numberMarket, n, 1.5)).toBeLessThan(0.5);
    expect(await lossOf(classMarket, n, 1.5)).toBeLessThan(0.95);
  });

  it("says how it weighs", async () => {
    const market = numberMarket({ rows: 50, seed: 2, learnwares: COUNT });
    const task = { shares, known: labelled(market) };
    const { account } = await reuse(stacking, task, market.block);
    expect(account).toMatchObject({ code: "stacked", isMixture: false, labels: 50 });
  });
});

describe("firstWithinNoise", () => {
  it("takes the first whose difference to the best is at most its standard error", () => {
    const noise = [1, -1, 1, -1];
    const loss = (mean: number, swing: number) => Float64Array.from(noise, (x) => mean + swing * x);
    // Differences of standard deviation s have a standard error of s · √(4/3) / 2.
    expect(firstWithinNoise([loss(2.5, 1), loss(2, 0)])).toBe(0);
    expect(firstWithinNoise([loss(2.6, 1), loss(2, 0)])).toBe(1);
    expect(firstWithinNoise([loss(2.5, 0), loss(2, 0)])).toBe(1);
    expect(firstWithinNoise([loss(2, 0), loss(2, 0)])).toBe(0);
  });
});
