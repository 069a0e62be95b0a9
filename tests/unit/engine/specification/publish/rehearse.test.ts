import { describe, expect, test } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { keyedHalf } from "../../../../../src/engine/specification/keyed/keyed-half";
import { mostPoints } from "../../../../../src/engine/specification/publish/most-points";
import {
  isUnrevealing,
  rehearseAttacks,
  type Rehearsed,
} from "../../../../../src/engine/specification/publish/rehearse";
import { secretOf } from "../../../../fixtures/secret";

const kernel = gaussianKernel(0.2);
const options = { secret: secretOf(1), count: 10 };

describe("rehearsed attacks", () => {
  test("find out whoever publishes the rows, and clear who ignores them", async () => {
    const x = normals(200, 3);
    const leaking = await finish(rehearseAttacks(x, (train) => published(train), options));
    expect(leaking!.attackAuc).toBe(1);
    expect(leaking!.strongAuc).toBeGreaterThan(0.65);
    expect(leaking!.truePositiveRate).toBeGreaterThan(0.04);
    expect(isUnrevealing(leaking!)).toBe(false);
    const blind = await finish(rehearseAttacks(x, () => published(normals(50, 3, 9)), options));
    const chance = expect.closeTo(0.5, 1) as number; // What is left is rounding.
    expect(blind).toMatchObject({ attackAuc: chance, strongAuc: chance });
    expect(blind!.truePositiveRate).toBeLessThan(0.02);
  });

  test("find a mean that no point gives away", async () => {
    // Points that were there before the rows, weighed as the rows lie: the nearest point says next to nothing.
    const x = normals(200, 3);
    const found = await finish(rehearseAttacks(x, (train) => meanOnGrid(train), options));
    expect(found!.attackAuc).toBeLessThan(0.52);
    expect(found!.strongAuc).toBeGreaterThan(0.54);
  });

  test("find less where coins pick half of the rows", async () => {
    const x = normals(200, 3);
    const all = await finish(rehearseAttacks(x, (train) => meanOnGrid(train), options));
    const half = await finish(
      rehearseAttacks(x, (train, secret) => meanOnGrid(keyedHalf(train, secret).x), options),
    );
    expect(half!.strongAuc - 0.5).toBeLessThan(0.8 * (all!.strongAuc - 0.5));
  });

  test("are looked at longer where ten splits find too many, as they do of long tails", async () => {
    const x = normals(1000, 3);
    const tails = { ...x, data: x.data.map((value) => value ** 3) };
    const attacked = async (describe: typeof meanOnGrid) => {
      let splits = 0;
      const fit = (train: Matrix<Float32Array>) => {
        splits++;
        return describe(train);
      };
      const found = (await finish(rehearseAttacks(tails, fit, options)))!;
      return { splits, found };
    };
    const blind = await attacked(() => published(normals(50, 3, 9)));
    expect(blind.splits).toBe(10);
    const { splits, found } = await attacked(meanOnGrid);
    expect(splits).toBe(40);
    expect(found.truePositiveRate).toBeLessThan(0.025);
    expect(isUnrevealing(found)).toBe(true);
  });

  test("say nothing where no part can be described", async () => {
    const none = rehearseAttacks(normals(50, 2), () => steps(null), options);
    expect(await finish(none)).toBeNull();
  });

  test("are the same by the same secret", async () => {
    const x = normals(60, 2);
    const once = () => finish(rehearseAttacks(x, (train) => meanOnGrid(train), options));
    expect(await once()).toEqual(await once());
  });
});

describe("the most points that reveal little", () => {
  const limits = { most: 100, fewest: 2 };

  test("are as many as are wanted, if these do", async () => {
    const tried = await finish(mostPoints(limits, () => steps(found(0.51, 0.52))));
    expect(tried).toMatchObject({ count: 100 });
  });

  test("are fewer, but not by far, where attacks get better with more", async () => {
    const attack = (count: number) => steps(found(0.5, 0.5 + 0.02 * Math.sqrt(count)));
    const { count, found: last } = await finish(mostPoints(limits, attack));
    expect(isUnrevealing(last!, 0.01)).toBe(true);
    expect(count).toBeGreaterThanOrEqual(8); // Twelve would pass.
  });

  test("end with the fewest, whatever these reveal", async () => {
    const tried = await finish(mostPoints(limits, () => steps(found(0.9, 0.9))));
    expect(tried).toEqual({ count: 2, found: found(0.9, 0.9) });
  });
});

function found(attackAuc: number, strongAuc: number): Rehearsed {
  return { attackAuc, strongAuc, truePositiveRate: 0.01 };
}

/** The rows themselves, all of the same weight. */
function published(rows: Matrix) {
  const points = { ...rows, data: Float64Array.from(rows.data) };
  const weights = new Float64Array(rows.rows).fill(1 / rows.rows);
  return steps({ points, weights, kernel, rowCount: rows.rows });
}

/** Eight corners of a box, weighed so that their mean is that of the rows. */
function meanOnGrid({ data, rows, cols }: Matrix) {
  const means = new Float64Array(cols);
  for (let at = 0; at < data.length; at++) means[at % cols]! += data[at]! / rows;
  const corners = Array.from({ length: 2 ** cols }, (_, corner) =>
    Array.from({ length: cols }, (__, k) => (corner & (1 << k) ? 2 : -2)),
  );
  const weights = Float64Array.from(corners, (corner) =>
    corner.reduce((product, at, k) => product * (0.5 + means[k]! / (2 * at)), 1),
  );
  return steps({ points: fromRows(corners), weights, kernel, rowCount: rows });
}

async function* steps<T>(result: T) {
  yield { stage: "check", done: 0, total: 1 } as const;
  return result;
}

function normals(rows: number, cols: number, seed = 1): Matrix<Float32Array> {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
