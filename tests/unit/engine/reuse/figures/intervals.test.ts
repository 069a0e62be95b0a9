import { describe, expect, it } from "vitest";

import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { augmentingLinear } from "../../../../../src/engine/reuse/ways/augmenting";
import { averaging } from "../../../../../src/engine/reuse/ways/averaging";
import { errorInterval } from "../../../../../src/engine/reuse/figures/error-interval";
import { shareInterval } from "../../../../../src/engine/reuse/figures/share-interval";
import type { Target } from "../../../../../src/engine/learner/target";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import type { LabelledRows } from "../../../../../src/engine/reuse/reuser";
import { stacking } from "../../../../../src/engine/reuse/ways/stacking";
import { wayFigures } from "../../../../../src/engine/reuse/figures/way-figures";
import { cells, numberLearnware, requestFor, runAll, smallTable } from "../small-dock";

describe("errorInterval", () => {
  it("is the root mean square, and wider the fewer rows there are", () => {
    const { rmse, interval } = errorInterval(Float64Array.of(1, 1, 1, 4, 4, 4, 7, 7, 7));
    expect(rmse).toBe(2);
    // By hand: variance 6.75, standard error of the mean √(6.75 / 9) / 4 = 0.2165 of it; Student's t of 8 is 2.306.
    expect(interval[0]).toBeCloseTo(2 * Math.exp(-0.5 * 2.306 * 0.2165), 2);
    expect(interval[1]).toBeCloseTo(2 * Math.exp(0.5 * 2.306 * 0.2165), 2);
  });

  it("claims nothing beyond a single row, or errors that are all the same", () => {
    expect(errorInterval(Float64Array.of(9))).toEqual({ rmse: 3, interval: [3, 3] });
    expect(errorInterval(new Float64Array(9))).toEqual({ rmse: 0, interval: [0, 0] });
  });

  it("holds the error of what rows are drawn from as often as it says", () => {
    const random = seededRandom(5);
    let held = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const squares = new Float64Array(200).map(() => normal(random) ** 2);
      const [low, high] = errorInterval(squares).interval;
      if (low <= 1 && 1 <= high) held++;
    }
    // 0.94 of many such samples; three standard errors are 0.016.
    expect(held / 2000).toBeGreaterThan(0.92);
    expect(held / 2000).toBeLessThan(0.97);
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

describe("the figures of a way of reuse", () => {
  const other = { lacks: null, reuser: averaging };
  const figuresOf = (heldOut: Matrix<Float64Array>, target: Target) => {
    const losses = rowLosses(heldOut, target);
    const loss = losses.reduce((sum, x) => sum + x, 0) / losses.length;
    const result = { heldOut, loss, behindBest: [0, 0] as const, isWithinNoise: true };
    const folds = { of: new Int32Array(losses.length), by: "chance" } as const;
    return wayFigures({
      choice: {
        ...{ recommended: averaging, basis: "labels", reason: "least", folds },
        table: [{ ...other, result }],
      },
      task: { shares: Float64Array.of(1), known: { target } as LabelledRows },
    })[0]!.score!;
  };
  const rightIn = (share: number, rows: number) => {
    const codes = new Int32Array(rows);
    const data = Float64Array.from({ length: 2 * rows }, (_, at) => {
      const isRight = at >> 1 < share * rows;
      return Number(isRight === (at % 2 === 0));
    });
    return figuresOf({ data, rows, cols: 2 }, { task: "classification", codes, classes: 2 });
  };

  it.each([
    [0.8, 5000, 0.788, 0.812],
    [0, 5000, 0, 0.001],
    [1, 5000, 0.999, 1],
    [0, 50, 0, 0.072],
  ])(
    "gives a share of %d in %i answers no more than its own interval: from %d to %d",
    (share, rows, low, high) => {
      const score = rightIn(share, rows);
      if (score.measure !== "brier") throw new Error("not of classes");
      expect(score.right).toBe(share);
      expect(score.value).toBeCloseTo(2 * (1 - share), 12);
      expect(score.interval[0]).toBeGreaterThanOrEqual(low);
      expect(score.interval[1]).toBeLessThanOrEqual(high);
    },
  );

  it("says of numbers the measure that ways are chosen by: the root of the mean squared error", () => {
    const data = Float64Array.of(1, 1, 1, 9);
    const target = { task: "regression", values: new Float64Array(4) } as const;
    const { measure, value } = figuresOf({ data, rows: 4, cols: 1 }, target);
    expect([measure, value]).toEqual(["rmse", Math.sqrt(21)]);
  });
});

const ROWS = 600;
const TABLES = 15;
const reusers = [averaging, stacking, augmentingLinear];

interface Coverage {
  /** Share of predicted rows whose interval holds the truth. */
  readonly rows: number;
  /** Share of the labelled rows that the ranges held, as it is told. */
  readonly told: number;
  /** Share of tables whose interval holds the error on the other rows; or lies above it. */
  readonly error: number;
  readonly notAbove: number;
}

/** How often intervals hold what they are made for, in tables whose answers follow a learnware, or a column of the user's. */
async function coverage(labels: number, noise: number, ownPart: number): Promise<Coverage> {
  let [rowsHeld, rows, told, errorHeld, errorNotAbove] = [0, 0, 0, 0, 0];
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
    const { held, of } = way.uncertainty.held!;
    expect(of).toBe(labels);
    told += held / of;
    const figures = wayFigures(way.prepared).find(({ name }) => name === recommended)!;
    const [low, high] = figures.score!.interval;
    const { rmse } = errorInterval(errors.map((error) => error ** 2));
    errorHeld += Number(low <= rmse && rmse <= high);
    errorNotAbove += Number(rmse <= high);
  }
  return {
    rows: rowsHeld / rows,
    told: told / TABLES,
    error: errorHeld / TABLES,
    notAbove: errorNotAbove / TABLES,
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
    // What is told of the answers is what holds of the others.
    for (const { rows, told } of found) expect(Math.abs(rows - told)).toBeLessThan(0.06);
    // Of the error: nearly never more than is said. What predicts has learnt from a fifth more rows than what was judged, so
    // that without noise it is less.
    expect(mean(({ notAbove }) => notAbove)).toBeGreaterThan(0.93);
    const noisy = found.filter((_, i) => cases[i]![1] === 1 && cases[i]![2] === 0);
    for (const { error } of noisy) expect(error).toBeGreaterThan(0.85);
  });
});
