import { expect, test } from "vitest";

import { compatUnreduced } from "../../../src/reference/reduction";
import {
  type GaussianSpecification,
  specificationDistance,
  specificationProduct,
} from "../../../src/reference/specification";
import { fromRows } from "../../../src/engine/ground/matrix";
import { solveSimplexQp } from "../../../src/engine/specification/reduce/simplex-qp";
import { readGolden } from "../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";

interface GoldenSpec {
  readonly z: unknown[][];
  readonly beta: number[];
  readonly gamma: number;
}

interface Pair {
  readonly name: string;
  readonly a: GoldenSpec;
  readonly b: GoldenSpec;
  readonly a_dist_b: number;
  readonly b_dist_a: number;
  readonly a_dist_b_omit_term1: number;
}

interface JobSelector {
  readonly user_X: number[][];
  readonly specs: readonly GoldenSpec[];
  readonly task_matrix: number[][];
  readonly v: number[];
  readonly mixture_weight: number[];
}

const { pairs } = readGolden("mmd_pairs") as { readonly pairs: readonly Pair[] };

test.for(pairs)(
  "the distance of the pair $name is the package's, with and without its first term",
  (pair) => {
    const [a, b] = [table(pair.a), table(pair.b)];
    expect(specificationDistance(a, b)).toBeCloseTo(pair.a_dist_b, 12);
    expect(specificationDistance(b, a)).toBeCloseTo(pair.b_dist_a, 12);
    expect(specificationDistance(a, b, { omitFirst: true })).toBeCloseTo(
      pair.a_dist_b_omit_term1,
      12,
    );
  },
);

test("all of a user's rows are weighed over learnwares as by the package's job selector", () => {
  const golden = readGolden("job_selector") as JobSelector;
  const rows = golden.user_X.map((row) => row.map(Math.fround));
  const user = {
    ...table({ z: rows, beta: [], gamma: 0.1 }),
    ...compatUnreduced(fromRows(rows), 0.1),
  };
  const specs = golden.specs.map(table);
  const gram = fromRows(specs.map((a) => specs.map((b) => specificationProduct(a, b))));
  gram.data.forEach((k, i) => expect(k).toBeCloseTo(golden.task_matrix.flat()[i]!, 12));
  const target = Float64Array.from(specs, (spec) => specificationProduct(user, spec));
  target.forEach((c, i) => expect(c).toBeCloseTo(golden.v[i]!, 12));
  const { weights } = solveSimplexQp(gram, target);
  weights.forEach((w, i) => expect(Math.abs(w - golden.mixture_weight[i]!)).toBeLessThan(1e-6));
});

function table({ z, beta, gamma }: GoldenSpec): GaussianSpecification {
  const points = fromRows(z.map((point) => point.flat(Infinity) as number[]));
  return {
    type: "RKMETableSpecification",
    points,
    sampleShape: [points.cols],
    weights: Float64Array.from(beta),
    kernel: gaussianKernel(gamma),
    rowCount: 0,
    language: [],
  };
}
