import { describe, expect, it } from "vitest";

import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { fromRows, type Matrix, toRows } from "../../../../../src/engine/ground/matrix";
import { measureEvidence } from "../../../../../src/engine/reuse/evidence/evidence";
import { alignOutputs } from "../../../../../src/engine/reuse/outputs/outputs";
import { selecting, weighingByRow } from "../../../../../src/engine/reuse/ways/selecting";
import { readGolden } from "../../../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { finish } from "../../../../../src/engine/ground/finish";
import { reuse } from "../reuse-block";

const compute = new ReferenceCompute();

function spec(id: string, points: number[][], weights: readonly number[]) {
  const rkme = {
    points: fromRows(points),
    weights: Float64Array.from(weights),
    kernel: gaussianKernel(0.5),
    rowCount: 9,
  };
  return { id, rkme, radiusSquared: 1 };
}

function single({ data, rows, cols }: Matrix): Matrix<Float32Array> {
  return { data: Float32Array.from(data), rows, cols };
}

function squared(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0);
}

function rowsOutputs(...numbers: number[][]) {
  return alignOutputs(
    numbers.map((row, m) => ({
      id: String(m),
      labels: null,
      values: fromRows(row.map((y) => [y])),
    })),
  );
}

describe("job selection", () => {
  const specs = [spec("left", [[0]], [1]), spec("right", [[2]], [1])];
  const features = null;
  const shares = Float64Array.of(0.5, 0.5);
  const usual = Float64Array.of(0.5, 0.5);
  const both = { code: "selected", learnwares: 2, heaviest: 0 };

  it("sends each row to the learnware it looks most like, also if it is far", async () => {
    const x = single(fromRows([[-0.5], [0.1], [1.9], [8]]));
    const evidence = await finish(measureEvidence(compute, x, specs, usual));
    const outputs = rowsOutputs([1, 1, 1, 1], [3, 3, 3, 3]);
    const block = { outputs, evidence, features };
    const { values, account } = await reuse(selecting, { shares, known: null }, block);
    expect([...values.data]).toEqual([1, 1, 3, 3]);
    expect(account).toEqual({ ...both, rowsOf: [2, 2], abstained: 0 });
  });

  it("averages rows without evidence for any learnware", async () => {
    const evidence = { values: fromRows([[0, 0]]), far: Uint8Array.of(1) };
    const block = { outputs: rowsOutputs([1], [3]), evidence, features };
    const { values, account } = await reuse(selecting, { shares, known: null }, block);
    expect([...values.data]).toEqual([2]);
    expect(account).toEqual({ ...both, rowsOf: [0, 0], abstained: 1 });
  });

  it("weighs by the probability that a row comes from each learnware", async () => {
    const evidence = { values: fromRows([[0.6, 0.1]]), far: Uint8Array.of(0) };
    const block = { outputs: rowsOutputs([0], [1]), evidence, features };
    const task = { shares: Float64Array.of(0.2, 0.8), known: null };
    const { values } = await reuse(weighingByRow, task, block);
    expect(values.data[0]).toBeCloseTo(0.08 / (0.12 + 0.08), 12);
  });

  it("does not choose a learnware outside the mixture", async () => {
    const x = single(fromRows([[1.9]]));
    const evidence = await finish(measureEvidence(compute, x, specs, usual));
    const block = { outputs: rowsOutputs([1], [3]), evidence, features };
    const { values } = await reuse(
      selecting,
      { shares: Float64Array.of(1, 0), known: null },
      block,
    );
    expect(values.data[0]).toBe(1);
  });

  it("refuses a block whose evidence was not measured", async () => {
    const block = { outputs: rowsOutputs([1], [3]), evidence: null, features };
    await expect(reuse(selecting, { shares, known: null }, block)).rejects.toMatchObject({
      code: "bad_parameter",
    });
  });

  it("assembles the rows of the Python package, whose selector was the nearest point", async () => {
    const golden = readGolden("job_selector") as {
      readonly user_X: number[][];
      readonly specs: readonly { readonly z: number[][] }[];
      readonly use_herding_false: readonly {
        readonly predict: readonly (number | readonly number[])[];
        readonly learnware_predictions_on_all_user_rows: readonly (number | number[])[][];
      }[];
    };
    const evidence = {
      values: fromRows(
        golden.user_X.map((x) =>
          golden.specs.map(({ z }) => 1 / Math.min(...z.map((point) => squared(point, x)))),
        ),
      ),
      far: new Uint8Array(golden.user_X.length),
    };
    for (const { predict, learnware_predictions_on_all_user_rows } of golden.use_herding_false) {
      const outputs = alignOutputs(
        learnware_predictions_on_all_user_rows.map((rows, m) => ({
          id: String(m),
          labels: null,
          values: fromRows(rows.map((row) => [row].flat())),
        })),
      );
      const task = { shares: new Float64Array(golden.specs.length).fill(1), known: null };
      const { values } = await reuse(selecting, task, { outputs, evidence, features });
      expect(toRows(values)).toEqual(predict.map((row) => [row].flat()));
    }
  });
});
