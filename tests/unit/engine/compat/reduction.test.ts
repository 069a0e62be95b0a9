import { expect, test } from "vitest";

import { gaussianGram } from "../../../../src/engine/kernel/gaussian";
import { innerProduct } from "../../../../src/engine/kernel/mmd";
import { fromRows, type Matrix } from "../../../../src/engine/matrix";
import {
  compatClean,
  compatReduce,
  compatStep,
  compatWeights,
} from "../../../../src/engine/compat/reduction";
import { reducedSize } from "../../../../src/engine/spec/reduce";
import { quadraticObjective } from "../../../../src/engine/spec/simplex-qp";
import { goldenNames, readGolden } from "../../../fixtures/golden/read-golden";

interface Run {
  readonly steps: number;
  readonly step_size: number;
  readonly nonnegative_beta: boolean;
  readonly Z: number[][];
  readonly beta: number[];
  readonly objective: number;
  readonly "sensitivity_qp_tol_1e-8"?: { readonly Z: number; readonly mmd2: number };
}

interface Steps {
  readonly gamma: number;
  readonly X: number[][];
  readonly Z0: number[][];
  readonly step_size: number;
  readonly given_beta: { readonly beta: number[]; readonly Z_after: number[][] };
  readonly full: readonly Run[];
}

test.for(goldenNames("rkme_step_"))("the point update of %s is the package's", (name) => {
  const { gamma, X, Z0, step_size, given_beta } = readGolden(name) as Steps;
  const weights = Float64Array.from(given_beta.beta);
  const moved = compatStep(fromRows(X), fromRows(Z0), weights, gamma, step_size);
  expect(difference(moved, fromRows(given_beta.Z_after))).toBeLessThan(1e-12);
});

test.for(goldenNames("rkme_step_"))("whole runs of %s end where the package's do", (name) => {
  const { gamma, X, Z0, full } = readGolden(name) as Steps;
  for (const run of full) {
    const x = fromRows(X);
    const { points, weights } = compatReduce(x, fromRows(Z0), {
      gamma,
      steps: run.steps,
      stepSize: run.step_size,
      nonnegative: run.nonnegative_beta,
    });
    // Where weights are not unique, the package's own path depends on its solver's tolerance.
    const slack = run["sensitivity_qp_tol_1e-8"] ?? { Z: 0, mmd2: 0 };
    if (slack.Z < 1e-6) {
      expect(difference(points, fromRows(run.Z))).toBeLessThan(1e-8 + 4 * slack.Z);
    }
    const objective = quadraticObjective(
      gaussianGram(points, points, gamma),
      means(x, points, gamma),
      weights,
    );
    expect(Math.abs(objective - run.objective)).toBeLessThan(1e-8 + 4 * slack.mmd2);
  }
});

test("the example of the parity list comes out to its digits", () => {
  const x = fromRows([
    [0, 0],
    [1, 0],
    [0, 1],
    [3, 3],
    [4, 3],
  ]);
  const z = fromRows([
    [0.3, 0.3],
    [3.5, 3],
  ]);
  const before = compatWeights(x, z, 0.1, true);
  expect(before[0]).toBeCloseTo(0.589541, 6);
  const { points, weights } = compatReduce(x, z, { gamma: 0.1, steps: 1 });
  [0.302812, 0.302652, 3.497261, 2.99765].forEach((v, i) => {
    expect(points.data[i]).toBeCloseTo(v, 5);
  });
  expect(weights[0]).toBeCloseTo(0.589615, 6);
  const free = compatWeights(x, z, 0.1, false);
  expect(free[0]).toBeCloseTo(0.57617, 5);
  expect(free[1]).toBeCloseTo(0.39709, 5);
});

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

test.for(pipeline.cases.filter(({ kwargs }) => kwargs.reduce !== false))(
  "the package's own call $name gives the same specification",
  ({ X, kwargs, z, self_inner_prod }) => {
    const raw = fromRows(X.map((row) => flat(row).map((v) => Math.fround(v ?? NaN))));
    const x = compatClean(raw);
    const count = reducedSize(x.rows, x.cols, kwargs.reduced_set_size ?? 100);
    const initial = {
      data: x.data.slice(0, count * x.cols).map(Math.fround),
      rows: count,
      cols: x.cols,
    };
    const rkme = compatReduce(x, initial, {
      gamma: kwargs.gamma ?? 0.1,
      ...(kwargs.steps !== undefined && { steps: kwargs.steps }),
      ...(kwargs.step_size !== undefined && { stepSize: kwargs.step_size }),
    });
    expect(rkme.points.rows).toBe(z.length);
    expect(Math.abs(innerProduct(rkme, rkme) - self_inner_prod)).toBeLessThan(1e-6);
    const expected = fromRows(z.map((row) => flat(row).map(Number)));
    expect(difference(rkme.points, expected)).toBeLessThan(2e-3);
  },
);

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

function means(x: Matrix, z: Matrix, gamma: number): Float64Array {
  const gram = gaussianGram(z, x, gamma);
  return Float64Array.from({ length: z.rows }, (_, j) => {
    const row = gram.data.subarray(j * x.rows, (j + 1) * x.rows);
    return row.reduce((total, k) => total + k, 0) / x.rows;
  });
}

function difference(a: Matrix<Float64Array>, b: Matrix<Float64Array>): number {
  expect([a.rows, a.cols]).toEqual([b.rows, b.cols]);
  return Math.max(...a.data.map((value, i) => Math.abs(value - b.data[i]!)));
}
