import { expect, test } from "vitest";

import { medianGamma } from "../../../../src/engine/kernel/bandwidth";
import { gaussianGram } from "../../../../src/engine/kernel/gaussian";
import { ReferenceCompute } from "../../../../src/engine/kernel/reference-compute";
import { fromRows } from "../../../../src/engine/matrix";
import { goldenNames, readGolden } from "../../../fixtures/golden/read-golden";

interface Golden {
  readonly gamma: number;
  readonly X: number[][];
  readonly Z: number[][];
  readonly K_diag: number[];
  readonly K_row0: number[];
  readonly K_sum: number;
  readonly K_fro: number;
  readonly C: number[];
}

test.for(goldenNames("rkme_beta_"))("the gram matrix of %s is that of the package", (name) => {
  const golden = readGolden(name) as Golden;
  const points = fromRows(golden.Z);
  const gram = gaussianGram(points, points, golden.gamma);
  const m = points.rows;
  const tolerance = expansionError(golden);
  const close = (actual: number, expected: number) =>
    expect(Math.abs(actual - expected)).toBeLessThan(tolerance);
  golden.K_diag.forEach((k, i) => close(gram.data[i * m + i]!, k));
  golden.K_row0.forEach((k, i) => close(gram.data[i]!, k));
  const sum = gram.data.reduce((total, k) => total + k, 0);
  const squares = gram.data.reduce((total, k) => total + k * k, 0);
  close(sum / (m * m), golden.K_sum / (m * m));
  close(Math.sqrt(squares) / m, golden.K_fro / m);
});

test.for(goldenNames("rkme_beta_"))("the kernel means of %s are those of the package", (name) => {
  const { gamma, X, Z, C } = readGolden(name) as Golden;
  const gram = gaussianGram(fromRows(Z), fromRows(X), gamma);
  C.forEach((c, j) => {
    const row = gram.data.subarray(j * X.length, (j + 1) * X.length);
    expect(row.reduce((total, k) => total + k, 0) / X.length).toBeCloseTo(c, 12);
  });
});

test("the reference sums are the means of the gram matrix's rows", async () => {
  const { gamma, X, Z } = readGolden("rkme_beta_n7_d2_m4") as Golden;
  const x = { data: Float32Array.from(X.flat()), rows: X.length, cols: X[0]!.length };
  const rows = await new ReferenceCompute().load(x);
  const means = await rows.kernelMeans(fromRows(Z), gamma);
  const gram = gaussianGram(fromRows(Z), x, gamma);
  means.forEach((mean, j) => {
    const row = gram.data.subarray(j * x.rows, (j + 1) * x.rows);
    expect(mean).toBeCloseTo(row.reduce((total, k) => total + k, 0) / x.rows, 14);
  });
});

test("refuses matrices of different width and a gamma that is no width", () => {
  const a = fromRows([[1, 2]]);
  expect(() => gaussianGram(a, fromRows([[1]]), 1)).toThrow(
    expect.objectContaining({ code: "shape_mismatch" }) as Error,
  );
  for (const gamma of [0, -1, NaN, Infinity]) {
    expect(() => gaussianGram(a, a, gamma)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }) as Error,
    );
  }
});

test("the median width of three points on a line is one over their median squared distance", () => {
  expect(medianGamma(fromRows([[0], [1], [3]]))).toBe(1 / 4);
});

test("duplicates do not change the median width to infinity", () => {
  const rows = Array.from({ length: 500 }, (_, i) => [i < 490 ? 0 : 2]);
  expect(medianGamma(fromRows(rows))).toBe(1 / 4);
  expect(() => medianGamma(fromRows(rows.slice(0, 490)))).toThrow(
    expect.objectContaining({ code: "bad_parameter" }) as Error,
  );
});

/** The package expands ‖x − z‖², which cancels where the points are far from the origin; we do not. */
function expansionError({ Z, gamma }: Golden): number {
  const largest = Math.max(...Z.map((z) => z.reduce((total, v) => total + v * v, 0)));
  return Math.max(1e-12, 4 * Number.EPSILON * gamma * largest);
}
