import { describe, expect, it } from "vitest";

import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { measureShares } from "../../../../../src/engine/reuse/evidence/measure-shares";
import { rankScale } from "../../../../../src/engine/reuse/evidence/rank-scale";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { finish } from "../../../../../src/engine/ground/finish";

const compute = new ReferenceCompute();
const random = seededRandom(5);
const around = (centre: number, count: number) =>
  fromRows(Array.from({ length: count }, () => [centre + normal(random), normal(random)]));

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
    const shares = await finish(measureShares(compute, rows, specs));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares[0]).toBeGreaterThan(0.6);
    expect(shares[1]).toBeGreaterThan(0.15);
    expect(shares[2]).toBeLessThan(0.05);
  });

  it("shares evenly among learnwares of the same distribution", async () => {
    const points = around(0, 40);
    const specs = ["a", "b", "c", "d"].map((id) => spec(id, points));
    const shares = await finish(measureShares(compute, single(around(0, 80)), specs));
    shares.forEach((share) => expect(share).toBeCloseTo(0.25, 4));
  });

  it("refuses rows of other columns", async () => {
    const measuring = measureShares(compute, single(fromRows([[0]])), [spec("a", around(0, 3))]);
    await expect(finish(measuring)).rejects.toMatchObject({ code: "shape_mismatch" });
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
