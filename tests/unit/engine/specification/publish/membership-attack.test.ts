import { describe, expect, test } from "vitest";

import { EngineError } from "../../../../../src/engine/ground/errors";
import { finish } from "../../../../../src/engine/ground/finish";
import { medianGamma } from "../../../../../src/engine/specification/kernel/bandwidth";
import { squaredDistance } from "../../../../../src/engine/specification/kernel/gaussian";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../../../../src/engine/ground/random";
import { describeRows } from "../../../../../src/engine/specification/describe";
import { membershipAuc } from "../../../../../src/engine/specification/publish/membership-attack";
import { WasmCompute } from "../../../../../src/runtime/compute/wasm/wasm-compute";
import { diabetesLike, realTable } from "../../../../fixtures/real-tables";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { keyedHalf } from "../../../../../src/engine/specification/keyed/keyed-half";
import { secretOf } from "../../../../fixtures/secret";

const at = (...values: number[]) => fromRows(values.map((value) => [value]));

describe("the membership attack", () => {
  test.each([
    ["every row that was in is nearer", at(0.1, 5), at(1, 7), 0.75],
    ["none can be told apart", at(1, 2), at(1, 2), 0.5],
    ["all are as near as each other", at(1, 1, 1), at(-1, 1), 0.5],
    ["every row that was in lies on a point", at(0, 0), at(3, -4), 1],
    ["every row that was in is further", at(9), at(1, 2, 3), 0],
  ])("scores as it should when %s", (_, train, heldOut, expected) => {
    expect(membershipAuc({ points: at(0) }, train, heldOut)).toBeCloseTo(expected, 12);
  });

  test("agrees with counting every pair", () => {
    const random = seededRandom(3);
    const draw = (n: number) => at(...Array.from({ length: n }, () => Math.round(8 * random())));
    const [points, train, heldOut] = [draw(3), draw(40), draw(25)];
    const nearest = (x: Matrix, i: number) =>
      Math.min(...[0, 1, 2].map((j) => squaredDistance(x, i, points, j)));
    let wins = 0;
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j < 25; j++) {
        const [a, b] = [nearest(train, i), nearest(heldOut, j)];
        wins += a < b ? 1 : a === b ? 0.5 : 0;
      }
    }
    expect(membershipAuc({ points }, train, heldOut)).toBeCloseTo(wins / 1000, 12);
  });
});

describe.each([
  ["iris", realTable("iris")],
  ["wine", realTable("wine")],
  ["breast cancer", realTable("breast-cancer")],
  ["digits", realTable("digits-400")],
  ["diabetes", diabetesLike()],
] as const)("of %s", (_, x) => {
  const seeds = [0, 1];

  test("no row is in the description, whichever of two secrets picks them", async () => {
    const compute = await WasmCompute.create();
    const tooClose = 0.01 * medianNeighbour(x);
    for (const seed of seeds) {
      const secret = secretOf(seed);
      const { rkme, preflight } = await finish(
        describeRows(compute, x, { kernel: gaussianKernel(medianGamma(x)), secret }),
      );
      const half = keyedHalf(x, secret).x;
      let leaked = 0;
      for (let j = 0; j < rkme.points.rows; j++) {
        if (nearestTo(half, rkme.points, j) < tooClose) leaked++;
      }
      expect(leaked).toBe(0);
      expect(preflight.fewestRows).toBeGreaterThanOrEqual(5);
      expect(preflight.attackAuc).toBeLessThanOrEqual(0.55);
      expect(preflight.strongAuc).toBeLessThanOrEqual(0.58);
    }
  });

  test("rows that were held back cannot be told from rows that were not", async () => {
    const compute = await WasmCompute.create();
    const areas: number[] = [];
    for (const seed of seeds) {
      const chosen = sampleIndices(x.rows, x.rows, seededRandom(100 + seed));
      const half = x.rows >> 1;
      const train = pick(x, chosen.subarray(0, half));
      const options = { kernel: gaussianKernel(medianGamma(x)), secret: secretOf(seed) };
      const described = await describedOrNull(compute, train, options);
      if (!described) continue; // Nothing would be sent.
      areas.push(membershipAuc(described.rkme, train, pick(x, chosen.subarray(half))));
    }
    if (areas.length === 0) return;
    // The mean of k areas of n/2 against n/2 rows errs by √(1 / (3 k n)): of two, 0.033 for 150 rows.
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    expect(mean).toBeLessThanOrEqual(0.55 + Math.sqrt(1 / (3 * areas.length * x.rows)));
  });
});

async function describedOrNull(...args: Parameters<typeof describeRows>) {
  try {
    return await finish(describeRows(...args));
  } catch (error) {
    if (error instanceof EngineError && error.code === "preflight_failed") return null;
    throw error;
  }
}

function pick({ data, cols }: Matrix<Float32Array>, rows: Int32Array): Matrix<Float32Array> {
  const picked = new Float32Array(rows.length * cols);
  rows.forEach((row, i) => picked.set(data.subarray(row * cols, (row + 1) * cols), i * cols));
  return { data: picked, rows: rows.length, cols };
}

/** Distance from point j to the nearest row. */
function nearestTo(x: Matrix, points: Matrix, j: number): number {
  let best = Infinity;
  for (let i = 0; i < x.rows; i++) best = Math.min(best, squaredDistance(x, i, points, j));
  return Math.sqrt(best);
}

/** Median distance from a row to the nearest row that differs, over all rows. */
function medianNeighbour(x: Matrix): number {
  const nearest = Array.from({ length: x.rows }, (_, i) => {
    let best = Infinity;
    for (let j = 0; j < x.rows; j++) {
      const squared = squaredDistance(x, i, x, j);
      if (squared > 0) best = Math.min(best, squared);
    }
    return Math.sqrt(best);
  }).sort((a, b) => a - b);
  return nearest[nearest.length >> 1]!;
}
