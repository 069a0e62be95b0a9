import fc from "fast-check";
import { expect, test } from "vitest";

import { gaussianGram } from "../../../../../src/engine/specification/kernel/gaussian";
import { fromRows, type Matrix, zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import {
  quadraticObjective,
  solveSimplexQp,
  solveUnconstrained,
} from "../../../../../src/engine/specification/reduce/simplex-qp";
import { goldenNames, readGolden } from "../../../../fixtures/golden/read-golden";

interface Golden {
  readonly gamma: number;
  readonly Z: number[][];
  readonly C: number[];
  readonly mean_Kxx: number;
  readonly objective: number;
  readonly mmd2_to_X: number;
  readonly exact: { readonly objective: number; readonly beta: number[] } | null;
  readonly "sensitivity_qp_tol_1e-8": { readonly beta_max_abs_change: number };
  readonly unconstrained: { readonly objective: number; readonly mmd2_to_X: number };
}

test.for(goldenNames("rkme_beta_"))("the weights of %s are as good as the package's", (name) => {
  const golden = readGolden(name) as Golden;
  const { gram, target } = problem(golden);
  const { weights, objective } = solveSimplexQp(gram, target);
  expect(weights.every((w) => w >= 0)).toBe(true);
  expect(sum(weights)).toBeCloseTo(1, 12);
  expect(Math.abs(objective - golden.objective)).toBeLessThan(1e-9);
  expect(Math.abs(golden.mean_Kxx + 2 * objective - golden.mmd2_to_X)).toBeLessThan(1e-8);
});

test.for(goldenNames("rkme_beta_"))(
  "the weights of %s are the exact ones where these are unique",
  (name) => {
    const golden = readGolden(name) as Golden;
    if (!golden.exact) return;
    const { gram, target } = problem(golden);
    const { weights, objective } = solveSimplexQp(gram, target);
    expect(Math.abs(objective - golden.exact.objective)).toBeLessThan(1e-12);
    if (golden["sensitivity_qp_tol_1e-8"].beta_max_abs_change > 1e-8) return;
    golden.exact.beta.forEach((w, i) => expect(weights[i]).toBeCloseTo(w, 7));
  },
);

test.for(goldenNames("rkme_beta_"))(
  "the unconstrained weights of %s are as good as the package's",
  (name) => {
    const golden = readGolden(name) as Golden;
    const { gram, target } = problem(golden);
    const objective = quadraticObjective(gram, target, solveUnconstrained(gram, target));
    expect(Math.abs(objective - golden.unconstrained.objective)).toBeLessThan(1e-8);
    const mmd2 = golden.mean_Kxx + 2 * objective;
    expect(Math.abs(mmd2 - golden.unconstrained.mmd2_to_X)).toBeLessThan(1e-8);
  },
);

test("solves the three-point example by hand", () => {
  const gram = fromRows([
    [1, 0.5, 0.1],
    [0.5, 1, 0.2],
    [0.1, 0.2, 1],
  ]);
  const { weights, objective } = solveSimplexQp(gram, Float64Array.of(0.6, 0.5, 0.05));
  [0.5694, 0.3542, 0.0764].forEach((w, i) => expect(weights[i]).toBeCloseTo(w, 4));
  expect(objective).toBeCloseTo(-0.18420139, 8);
});

test("meets the optimality conditions on random problems, singular ones among them", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.boolean(), (seed, m, twins) => {
      const random = seededRandom(seed);
      const points = zeros(m, 2);
      points.data.forEach((_, i) => (points.data[i] = normal(random)));
      if (twins) points.data.copyWithin(0, m - (m % 2), 2 * m);
      const gram = gaussianGram(points, points, 0.3);
      const target = Float64Array.from({ length: m }, () => random());
      const { weights } = solveSimplexQp(gram, target);
      expect(Math.abs(sum(weights) - 1)).toBeLessThan(1e-9);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
      // The Frank–Wolfe gap bounds the distance to the optimum.
      const slope = Array.from(weights, (_, i) => rowTimes(gram, i, weights) - target[i]!);
      const gap = slope.reduce((total, s, i) => total + s * weights[i]!, 0) - Math.min(...slope);
      expect(gap).toBeLessThan(1e-8);
    }),
    { numRuns: 200 },
  );
});

test("a start near the solution gives the same solution", () => {
  const golden = readGolden("rkme_beta_n500_d10_m50") as Golden;
  const { gram, target } = problem(golden);
  const cold = solveSimplexQp(gram, target);
  const warm = solveSimplexQp(gram, target, { start: cold.weights });
  expect(Math.abs(warm.objective - cold.objective)).toBeLessThan(1e-14);
});

test("refuses shapes that disagree and numbers that are not finite", () => {
  expect(() => solveSimplexQp(fromRows([[1]]), new Float64Array(2))).toThrow(
    expect.objectContaining({ code: "shape_mismatch" }) as Error,
  );
  expect(() => solveSimplexQp(fromRows([[NaN]]), new Float64Array(1))).toThrow(
    expect.objectContaining({ code: "bad_parameter" }) as Error,
  );
});

function problem({ Z, C, gamma }: Golden) {
  const points = fromRows(Z);
  return { gram: gaussianGram(points, points, gamma), target: Float64Array.from(C) };
}

function rowTimes(
  { data, cols }: Matrix<Float64Array>,
  row: number,
  weights: Float64Array,
): number {
  return weights.reduce((total, w, j) => total + data[row * cols + j]! * w, 0);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
