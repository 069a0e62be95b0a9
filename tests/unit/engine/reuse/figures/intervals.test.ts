import { describe, expect, it } from "vitest";

import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { augmentingLinear } from "../../../../../src/engine/reuse/ways/augmenting";
import { averaging } from "../../../../../src/engine/reuse/ways/averaging";
import { medianInterval } from "../../../../../src/engine/reuse/figures/median-interval";
import { shareInterval } from "../../../../../src/engine/reuse/figures/share-interval";
import { stacking } from "../../../../../src/engine/reuse/ways/stacking";
import { wayFigures } from "../../../../../src/engine/reuse/figures/way-figures";
import { cells, numberLearnware, requestFor, runAll, smallTable } from "../small-dock";

const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe("medianInterval", () => {
  it("is between the order statistics that tables of the sign test give", () => {
    expect(medianInterval(upTo(50), 0.95)).toEqual({ median: 25.5, interval: [18, 33] });
    expect(medianInterval(upTo(20).reverse(), 0.95)).toEqual({ median: 10.5, interval: [6, 15] });
    expect(medianInterval(upTo(9), 0.95)).toEqual({ median: 5, interval: [2, 8] });
  });

  it("is the extremes where there are too few values", () => {
    expect(medianInterval(upTo(3), 0.95)).toEqual({ median: 2, interval: [1, 3] });
    expect(medianInterval(upTo(1), 0.95)).toEqual({ median: 1, interval: [1, 1] });
  });

  it("holds the median as often as it says, however rare and far off some values are", () => {
    const random = seededRandom(5);
    const draw = () => (random() < 0.02 ? 1e6 : 1) * Math.abs(normal(random));
    let held = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const [low, high] = medianInterval(new Float64Array(50).map(draw), 0.95).interval;
      // The median of draws: 0.6889, as 0.98 · P(|z| < x) + 0.02 · P(|z| < x / 1e6) = 1 / 2.
      if (low <= 0.6889 && 0.6889 <= high) held++;
    }
    // 18 to 33 of 50 hold it with probability 0.967; three standard errors are 0.012.
    expect(Math.abs(held / 2000 - 0.967)).toBeLessThan(0.012);
  });
});

describe("shareInterval", () => {
  it("is Wilson's", () => {
    // Brown, Cai and DasGupta's formula by hand: (25 + 1.92) / 53.84 ± 1.96 √(12.5 + 0.96) / 53.84.
    const [low, high] = shareInterval(25, 50, 1.96);
    expect(low).toBeCloseTo(0.3664, 3);
    expect(high).toBeCloseTo(0.6336, 3);
  });

  it("does not take always for certain, nor never", () => {
    expect(shareInterval(50, 50, 1.96)[0]).toBeCloseTo(50 / (50 + 1.96 ** 2), 12);
    expect(shareInterval(50, 50, 1.96)[1]).toBe(1);
    expect(shareInterval(0, 50, 1.96)[0]).toBe(0);
    expect(shareInterval(0, 50, 1.96)[1]).toBeGreaterThan(0.07);
  });
});

const ROWS = 600;
const TABLES = 20;
const reusers = [averaging, stacking, augmentingLinear];

interface Coverage {
  /** Share of predicted rows whose interval holds the truth. */
  readonly rows: number;
  /** Share of tables whose interval holds the median error of the other rows; or lies above it. */
  readonly median: number;
  readonly notAbove: number;
}

/** How often intervals hold what they are made for, in tables whose answers follow a learnware, or a column of the user's. */
async function coverage(labels: number, noise: number, ownPart: number): Promise<Coverage> {
  let [rowsHeld, rows, medianHeld, medianNotAbove] = [0, 0, 0, 0];
  for (let seed = 1; seed <= TABLES; seed++) {
    const table = smallTable(ROWS, seed);
    const random = seededRandom(1000 + seed);
    const [a, b, own] = [0, 1, 2].map((column) => cells(table, column));
    const truth = Float64Array.from({ length: ROWS }, (_, i) => {
      return 2 * a![i]! + b![i]! + ownPart * own![i]! + noise * normal(random);
    });
    const learnwares = [
      numberLearnware("wrong", (_, y) => 5 - y, { share: 1, spec: null }),
      numberLearnware("right", (x, y) => 2 * x + y, { share: 0, spec: null }),
      numberLearnware("near", (x, y) => 1.5 * x + y + 0.3 * Math.sin(3 * y), {
        ...{ share: 0.5, spec: null },
      }),
    ];
    const known = Int32Array.from({ length: labels }, (_, i) => i);
    const answers = { task: "regression", rows: known, values: truth.slice(0, labels) } as const;
    const request = { ...requestFor(table, learnwares, answers), reusers };
    const { way, values, blocks, recommended } = await runAll(request);
    const errors = truth.map((y, i) => Math.abs(y - values[i]!)).slice(labels);
    const radii = blocks[0]!.radii!.slice(labels);
    rowsHeld += errors.filter((error, i) => error <= radii[i]!).length;
    rows += errors.length;
    const figures = wayFigures(way.prepared).find(({ name }) => name === recommended)!;
    const [low, high] = figures.score!.interval;
    const { median } = medianInterval(errors, 0.95);
    medianHeld += Number(low <= median && median <= high);
    medianNotAbove += Number(median <= high);
  }
  return {
    rows: rowsHeld / rows,
    median: medianHeld / TABLES,
    notAbove: medianNotAbove / TABLES,
  };
}

describe("intervals shown to people", () => {
  const cases = [50, 200].flatMap((labels) =>
    [0, 1].flatMap((noise) => [0, 3].map((ownPart) => [labels, noise, ownPart] as const)),
  );

  it("hold what they say, with and without noise, with few labels and many", async () => {
    const found: Coverage[] = [];
    for (const one of cases) found.push(await coverage(...one));
    const mean = (pick: (one: Coverage) => number) =>
      found.reduce((sum, one) => sum + pick(one), 0) / found.length;
    // Of predictions: nine in ten.
    for (const { rows } of found) expect(rows).toBeGreaterThan(0.87);
    expect(mean(({ rows }) => rows)).toBeGreaterThan(0.89);
    // Of the typical error: 95 %.
    for (const { median } of found) expect(median).toBeGreaterThanOrEqual(0.9);
    expect(mean(({ median }) => median)).toBeGreaterThan(0.93);
    expect(mean(({ notAbove }) => notAbove)).toBeGreaterThan(0.95);
  }, 60_000);
});
