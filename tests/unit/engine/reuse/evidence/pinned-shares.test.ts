import { expect, test } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { measureEvidence, usualMeans } from "../../../../../src/engine/reuse/evidence/evidence";
import {
  PINNED_SHARPNESS,
  pinnedShares,
} from "../../../../../src/engine/reuse/evidence/pinned-shares";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";

const compute = new ReferenceCompute();
const random = seededRandom(3);
const around = (centre: number, count: number) =>
  fromRows(Array.from({ length: count }, () => [centre + normal(random), normal(random)]));
const spec = (id: string, points: Matrix<Float64Array>) => ({
  id,
  rkme: { points, weights: new Float64Array(points.rows).fill(1 / points.rows), kernel: gaussianKernel(0.2), rowCount: 99 }, // prettier-ignore
  radiusSquared: 1,
});
const specs = [0, 6, 12, 18].map((centre) => spec(String(centre), around(centre, 80)));
const rows = (() => {
  const { data } = fromRows(Array.from({ length: 200 }, (_, i) => [(i % 4 < 3 ? 0 : 6) + normal(random), normal(random)])); // prettier-ignore
  return { data: Float32Array.from(data), rows: 200, cols: 2 };
})();

test("three quarters go to the mixture that the rows are, one quarter to all alike", async () => {
  const shares = await finish(pinnedShares(compute, rows, specs));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  expect(shares[0]).toBeCloseTo(0.75 * 0.75 + 0.0625, 1);
  expect(shares[1]).toBeCloseTo(0.75 * 0.25 + 0.0625, 1);
  for (const far of [2, 3]) expect(shares[far]).toBeCloseTo(0.0625, 2);
});

test("two that are alike share what one of them would have", async () => {
  const twice = [...specs, { ...specs[0]!, id: "again" }];
  const shares = await finish(pinnedShares(compute, rows, twice));
  expect(shares[0]).toBeCloseTo(shares[4]!, 2);
});

test("evidence is the sharper the higher the power, and agrees on which is most", async () => {
  const usual = await finish(usualMeans(compute, rows, specs));
  const mild = (await finish(measureEvidence(compute, rows, specs, usual))).values.data;
  const sharp = (await finish(measureEvidence(compute, rows, specs, usual, PINNED_SHARPNESS))).values.data; // prettier-ignore
  mild.forEach((one, at) => expect(sharp[at]).toBeCloseTo(one ** (PINNED_SHARPNESS / 3), 9));
});
