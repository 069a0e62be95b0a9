import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { rankCandidates } from "../../../../src/engine/search/rank";
import { describeRows } from "../../../../src/engine/specification/describe";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import type { CandidateSpec } from "../../../../src/engine/specification/candidate-spec";
import { secretOf } from "../../../fixtures/secret";

const kernel = gaussianKernel(0.25);
const compute = new ReferenceCompute();

/** Normal rows around a centre. */
function cloud(seed: number, center: number, rows = 300): Matrix<Float32Array> {
  const random = seededRandom(seed);
  return {
    data: Float32Array.from({ length: rows * 2 }, () => center + normal(random)),
    rows,
    cols: 2,
  };
}

async function specOf(id: string, x: Matrix<Float32Array>): Promise<CandidateSpec> {
  const { rkme, radiusSquared } = await finish(
    describeRows(compute, x, { kernel, secret: secretOf(1) }),
  );
  return { id, rkme, radiusSquared };
}

function stack(a: Matrix<Float32Array>, b: Matrix<Float32Array>): Matrix<Float32Array> {
  return { data: Float32Array.of(...a.data, ...b.data), rows: a.rows + b.rows, cols: a.cols };
}

describe("ranking candidates with all rows", () => {
  test("puts the same distribution first, with a similarity near one and its rows covered", async () => {
    const candidates = [
      await specOf("far", cloud(1, 40)),
      await specOf("near", cloud(2, 1.5)),
      await specOf("same", cloud(3, 0)),
    ];
    const { singles } = await finish(rankCandidates(compute, cloud(4, 0), kernel, candidates));
    expect(singles.map(({ id }) => id)).toEqual(["same", "near", "far"]);
    expect(singles[0]!.similarity).toBeGreaterThan(0.97);
    expect(singles[0]!.coverage).toBeGreaterThan(0.85);
    expect(singles[2]).toMatchObject({ coverage: 0 });
    expect(singles[2]!.similarity).toBeLessThan(1e-6);
  });

  test("mixes the two halves of a user's data, by their shares", async () => {
    const candidates = [
      await specOf("left", cloud(1, -3)),
      await specOf("right", cloud(2, 3)),
      await specOf("other", cloud(3, 30)),
    ];
    const user = stack(cloud(5, -3, 400), cloud(6, 3, 200));
    const { singles, mixture } = await finish(rankCandidates(compute, user, kernel, candidates));
    const weights = new Map(mixture!.members.map(({ id, weight }) => [id, weight]));
    expect(weights.get("left")).toBeCloseTo(2 / 3, 1);
    expect(weights.get("right")).toBeCloseTo(1 / 3, 1);
    expect(weights.get("other") ?? 0).toBeLessThan(0.03);
    expect(mixture!.mmd2).toBeLessThan(0.2 * singles[0]!.mmd2);
    expect(mixture!.coverage).toBeGreaterThan(0.85);
  });

  test("has no mixture when one learnware is enough, and leaves out other feature spaces", async () => {
    const other = await specOf("three columns", {
      data: new Float32Array(cloud(1, 0).data.slice(0, 600)),
      rows: 200,
      cols: 3,
    });
    const same = await specOf("same", cloud(2, 0));
    const ranking = await finish(rankCandidates(compute, cloud(3, 0), kernel, [other, same]));
    expect(ranking.singles.map(({ id }) => id)).toEqual(["same"]);
    expect(ranking.mixture).toBeNull();
  });
});
