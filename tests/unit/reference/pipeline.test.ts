import { expect, test } from "vitest";

import { compatClean, compatReduce, compatUnreduced } from "../../../src/reference/reduction";
import { innerProduct, squaredMmd } from "../../../src/engine/specification/kernel/mmd";
import { fromRows, type Matrix } from "../../../src/engine/ground/matrix";
import { reducedSize } from "../../../src/engine/specification/reduce/reduce";
import type { Specification } from "../../../src/engine/specification/specification";
import { readGolden } from "../../fixtures/golden/read-golden";
import { solverRun } from "../../fixtures/golden/solver-run";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";

interface Case {
  readonly name: string;
  readonly X: (number | null | number[][])[][];
  readonly kwargs: {
    readonly reduced_set_size?: number;
    readonly reduce?: boolean;
    readonly gamma?: number;
    readonly steps?: number;
    readonly step_size?: number;
  };
  readonly z: number[][];
  readonly beta: number[];
  readonly self_inner_prod: number;
}

interface Pipeline {
  readonly cases: readonly Case[];
  readonly reduced_set_cap: readonly {
    readonly row_size: number;
    readonly requested: number;
    readonly used: number;
  }[];
}

const pipeline = readGolden("rkme_pipeline") as Pipeline;
const flat = (row: readonly unknown[]) => row.flat(Infinity) as (number | null)[];
const expectedOf = ({ z, beta, kwargs }: Case): Specification => ({
  points: fromRows(z.map((row) => flat(row).map(Number))),
  weights: Float64Array.from(beta),
  kernel: gaussianKernel(kwargs.gamma ?? 0.1),
  rowCount: 0,
});

test.for(pipeline.cases.filter(({ kwargs }) => kwargs.reduce !== false))(
  "the package's own call $name gives the same specification",
  (golden) => {
    const { X, kwargs, self_inner_prod } = golden;
    const x = compatClean(fromRows(X.map((row) => flat(row).map((v) => v ?? NaN))));
    const count = reducedSize(x.rows, x.cols, kwargs.reduced_set_size ?? 100);
    const initial = {
      data: Float64Array.from(x.data.subarray(0, count * x.cols)),
      rows: count,
      cols: x.cols,
    };
    const options = {
      gamma: kwargs.gamma ?? 0.1,
      steps: kwargs.steps ?? 3,
      stepSize: kwargs.step_size ?? 0.1,
    };
    const expected = expectedOf(golden);
    const again = solverRun(x, initial, options);
    expect(difference(again.points, expected.points)).toBeLessThan(1e-11);
    expect(largestGap(again.weights, golden.beta)).toBeLessThan(1e-9);
    const rkme = compatReduce(x, initial, options);
    // For 100 points of 150 rows the solver's weights are up to 1e-5 from the best ones that we take.
    expect(difference(rkme.points, expected.points)).toBeLessThan(4e-7);
    expect(Math.abs(innerProduct(rkme, rkme) - self_inner_prod)).toBeLessThan(1e-8);
    expect(Math.abs(squaredMmd(rkme, expected))).toBeLessThan(1e-8);
  },
);

test.for(pipeline.cases.filter(({ kwargs }) => kwargs.reduce === false))(
  "the package's unreduced call $name gives the same specification",
  (golden) => {
    const x = compatClean(fromRows(golden.X.map((row) => flat(row).map((v) => v ?? NaN))));
    const rkme = compatUnreduced(x, 0.1);
    expect({ ...rkme, rowCount: 0 }).toEqual(expectedOf(golden));
    expect(innerProduct(rkme, rkme)).toBeCloseTo(golden.self_inner_prod, 12);
  },
);

test("a missing number becomes its column's mean, summed as NumPy sums in single precision", () => {
  // np.nanmean(np.float32([np.nan] + [0.1 * i for i in range(1, n)]))
  const means: readonly (readonly [number, number])[] = [
    [2, 0.10000000149011612],
    [9, 0.44999995827674866],
    [60, 3.0],
    [128, 6.400000095367432],
    [129, 6.449999809265137],
    [1000, 50.0],
    [12345, 617.25],
  ];
  for (const [n, mean] of means) {
    const rows = Array.from({ length: n }, (_, i) => [i === 0 ? NaN : 0.1 * i]);
    expect(compatClean(fromRows(rows)).data[0]).toBe(mean);
  }
});

test.for(pipeline.reduced_set_cap)(
  "$requested points of $row_size numbers are capped at $used",
  ({ row_size, requested, used }) => {
    expect(reducedSize(1e6, row_size, requested)).toBe(used);
  },
);

test("a column without a finite value is refused", () => {
  expect(() =>
    compatClean(
      fromRows([
        [1, NaN],
        [2, Infinity],
      ]),
    ),
  ).toThrow(expect.objectContaining({ code: "no_usable_rows", details: { column: 1 } }) as Error);
});

function largestGap(a: Float64Array, b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

function difference(a: Matrix<Float64Array>, b: Matrix<Float64Array>): number {
  expect([a.rows, a.cols]).toEqual([b.rows, b.cols]);
  return Math.max(...a.data.map((value, i) => Math.abs(value - b.data[i]!)));
}
