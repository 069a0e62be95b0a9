import { describe, expect, it } from "vitest";

import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { measureEvidence, usualMeans } from "../../../../../src/engine/reuse/evidence/evidence";
import { measureShares } from "../../../../../src/engine/reuse/evidence/measure-shares";
import { rankScale } from "../../../../../src/engine/reuse/evidence/rank-scale";
import type { CandidateSpec } from "../../../../../src/engine/specification/candidate-spec";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { finish } from "../../../../../src/engine/ground/finish";

const compute = new ReferenceCompute();
const random = seededRandom(5);
const around = (centre: number, count: number) =>
  fromRows(Array.from({ length: count }, () => [centre + normal(random), normal(random)]));

/** The same shape everywhere, so that learnwares differ in where they are alone. */
const lattice = (centre: number) =>
  fromRows([-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => [centre + a, b])));

function spec(id: string, points: Matrix<Float64Array>) {
  const weights = new Float64Array(points.rows).fill(1 / points.rows);
  return {
    id,
    rkme: { points, weights, kernel: gaussianKernel(0.5), rowCount: 99 },
    radiusSquared: 1,
  };
}

function single({ data, rows, cols }: Matrix): Matrix<Float32Array> {
  return { data: Float32Array.from(data), rows, cols };
}

/** Shares of learnwares that say these numbers, the same in every row. */
async function sharesOf(
  rows: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
  says: readonly number[],
) {
  const usual = await finish(usualMeans(compute, rows, specs));
  const evidence = await finish(measureEvidence(compute, rows, specs, usual));
  const answers = says.map((said) => fromRows(Array.from({ length: rows.rows }, () => [said])));
  return finish(measureShares(compute, rows, specs, answers, evidence));
}

describe("measureShares", () => {
  it("tells how much of the rows comes from each learnware", async () => {
    const specs = [0, 8, 16].map((centre) => spec(String(centre), around(centre, 60)));
    const rows = single(
      fromRows(
        Array.from({ length: 200 }, (_, i) => [
          (i % 4 < 3 ? 0 : 8) + normal(random),
          normal(random),
        ]),
      ),
    );
    const shares = await sharesOf(rows, specs, [1, 2, 3]);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares[0]).toBeGreaterThan(0.6);
    expect(shares[1]).toBeGreaterThan(0.15);
    expect(shares[2]).toBeLessThan(0.05);
  });

  it("shares evenly among learnwares of the same distribution", async () => {
    const points = around(0, 40);
    const specs = ["a", "b", "c", "d"].map((id) => spec(id, points));
    const shares = await sharesOf(single(around(0, 80)), specs, [7, 7, 7, 7]);
    shares.forEach((share) => expect(share).toBeCloseTo(0.25, 4));
  });

  const near = [0.9, 0.95, 1, 1.05, 1.1].map((centre, m) => spec(String(m), lattice(centre)));
  const rows = single(around(0, 120));

  it("leaves next to nothing to the one that no other supports", async () => {
    const agreed = await sharesOf(rows, near, [10, 11, 12, 13, 14]);
    expect(agreed[2]).toBeGreaterThan(0.05);
    const alone = await sharesOf(rows, near, [10, 11, 500, 13, 14]);
    expect(alone[2]).toBeLessThan(0.001);
  });

  it("does not depend on the order of learnwares, or the unit of their answers", async () => {
    const says = [10, 14, 11, 30, 12];
    const shares = await sharesOf(rows, near, says);
    const turned = await sharesOf(rows, near.toReversed(), says.toReversed());
    const inCents = await sharesOf(
      rows,
      near,
      says.map((said) => 100 * said),
    );
    shares.forEach((share, m) => {
      expect(turned[near.length - 1 - m]).toBeCloseTo(share, 6);
      expect(inCents[m]).toBeCloseTo(share, 6);
    });
  });

  it("lets the one that was made from such rows count, whatever others say", async () => {
    const own = spec("own", { ...rows, data: Float64Array.from(rows.data) });
    const shares = await sharesOf(rows, [...near.slice(1), own], [10, 10, 10, 10, 20]);
    expect(shares[4]).toBeGreaterThan(0.9);
  });

  it("refuses rows of other columns", async () => {
    const shares = sharesOf(single(fromRows([[0]])), [spec("a", around(0, 3))], [1]);
    await expect(shares).rejects.toMatchObject({ code: "shape_mismatch" });
  });
});

describe("rankScale", () => {
  const specs = [spec("a", fromRows([[1], [2], [3]])), spec("b", fromRows([[4], [1000]]))];

  it("adds the share of the learnwares' weight below a value, straight between points", () => {
    const { bring } = rankScale(specs);
    const said = bring(single(fromRows([[-50], [1], [1.5], [2], [1000], [1e6]]))).data;
    // Of a's points each weighs a sixth of all, of b's a quarter; half of a point's own weight counts.
    const expected = [-50 + 1 / 12, 1 + 1 / 12, 1.5 + 1 / 6, 2.25, 1000 + 7 / 8, 1e6 + 7 / 8];
    expected.forEach((value, i) => expect(said[i]! / value).toBeCloseTo(1, 6));
  });
});
