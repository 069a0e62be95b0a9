import { expect, test } from "vitest";

import { medianGamma } from "../../../../../src/engine/specification/kernel/bandwidth";
import { gaussianGram } from "../../../../../src/engine/specification/kernel/gaussian";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows, type Matrix, toRows } from "../../../../../src/engine/ground/matrix";
import { goldenNames, readGolden } from "../../../../fixtures/golden/read-golden";

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

test.for(goldenNames("rkme_beta_"))(
  "the gram matrix of %s is that of the package, but for what the package rounds away",
  (name) => {
    const golden = readGolden(name) as Golden;
    const points = fromRows(golden.Z);
    const direct = gaussianGram(points, points, golden.gamma);
    const expanded = expandedGram(points, golden.gamma);
    expectGram(expanded, golden, 1e-12);
    for (let i = 0; i < points.rows; i++) expect(direct.data[i * points.rows + i]).toBe(1);
    const lost = Math.max(...golden.K_diag.map((k) => Math.abs(k - 1)));
    expectGram(direct, golden, Math.max(1e-12, 1.01 * lost));
  },
);

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

function expectGram(gram: Matrix<Float64Array>, golden: Golden, tolerance: number): void {
  const m = gram.rows;
  const close = (actual: number, expected: number) =>
    expect(Math.abs(actual - expected)).toBeLessThan(tolerance);
  golden.K_diag.forEach((k, i) => close(gram.data[i * m + i]!, k));
  golden.K_row0.forEach((k, i) => close(gram.data[i]!, k));
  const sum = gram.data.reduce((total, k) => total + k, 0);
  const squares = gram.data.reduce((total, k) => total + k * k, 0);
  close(sum / (m * m), golden.K_sum / (m * m));
  close(Math.sqrt(squares) / m, golden.K_fro / m);
}

/**
 * The gram matrix as the package has it: ‖x‖² − 2⟨x, z⟩ + ‖z‖², where what is left of large numbers
 * is rounding. Norms are summed by four lanes, products by multiply-adds rounded once, as PyTorch
 * 1.13 did where the numbers were made; then even the rounding is the same.
 */
function expandedGram(points: Matrix<Float64Array>, gamma: number): Matrix<Float64Array> {
  const rows = toRows(points);
  const norms = rows.map(laneSum);
  const data = rows.flatMap((x, i) =>
    rows.map((z, j) => {
      const product = x.reduce((sum, value, k) => multiplyAdd(value, z[k]!, sum), 0);
      return Math.exp(-gamma * (norms[i]! - 2 * product + norms[j]!));
    }),
  );
  return { data: Float64Array.from(data), rows: rows.length, cols: rows.length };
}

function laneSum(x: readonly number[]): number {
  const whole = x.length - (x.length % 4);
  const lanes = [0, 0, 0, 0];
  for (let k = 0; k < whole; k++) lanes[k % 4]! += x[k]! ** 2;
  const rest = x.slice(whole).map((value) => value ** 2);
  return [...rest, ...lanes].reduce((sum, value) => sum + value, 0);
}

/** a · b + c, rounded once (but for rare ties): the errors of product and sum, added at the end. */
function multiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const [ah, bh] = [upperHalf(a), upperHalf(b)];
  const [al, bl] = [a - ah, b - bh];
  const lost = ah * bh - product + ah * bl + al * bh + al * bl;
  const sum = product + c;
  const added = sum - product;
  return sum + (product - (sum - added) + (c - added) + lost);
}

/** The upper 26 bits. Source: Dekker, "A floating-point technique for extending the available precision", 1971. */
function upperHalf(a: number): number {
  const shifted = 134217729 * a;
  return shifted - (shifted - a);
}
