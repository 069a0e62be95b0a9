import { describe, expect, it } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { fromRows, type Matrix, pickRows } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { measureEvidence, usualMeans } from "../../../../../src/engine/reuse/evidence/evidence";
import type { CandidateSpec } from "../../../../../src/engine/specification/candidate-spec";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { embeddingAt } from "../../../../../src/engine/specification/kernel/mmd";

const compute = new ReferenceCompute();
const random = seededRandom(3);
const draw = (count: number) =>
  Array.from({ length: count }, () => [0, 0, 0].map(() => Math.fround(normal(random))));

function spec(id: string, points: number[][], weights: readonly number[], gamma = 0.5) {
  const rkme = {
    points: fromRows(points),
    weights: Float64Array.from(weights),
    kernel: gaussianKernel(gamma),
    rowCount: 9,
  };
  return { id, rkme, radiusSquared: 1 };
}

function single({ data, rows, cols }: Matrix): Matrix<Float32Array> {
  return { data: Float32Array.from(data), rows, cols };
}

async function measured(x: Matrix<Float32Array>, specs: readonly CandidateSpec[]) {
  return finish(measureEvidence(compute, x, specs, await finish(usualMeans(compute, x, specs))));
}

describe("measureEvidence", () => {
  const x = single(fromRows(draw(40)));
  const book = draw(6);
  const specs = [
    spec("even", book.slice(0, 4), [0.25, 0.25, 0.25, 0.25]),
    spec("steep", book.slice(1), [0.9, 0.09, 0.009, 0.001, 0]),
    spec("signed", draw(3), [0.8, 0.4, -0.2]),
  ];

  it("is each learnware's kernel mean over its usual one, cubed, over the row's largest", async () => {
    const { values } = await measured(x, specs);
    const means = specs.map(({ rkme }) => embeddingAt(rkme, x).map((one) => Math.max(0, one)));
    const ratios = means.map((own) => own.map((one) => (one * 40) / own.reduce((a, b) => a + b)));
    for (let i = 0; i < x.rows; i++) {
      const largest = Math.max(...ratios.map((own) => own[i]!));
      ratios.forEach((own, m) => {
        // The coordinate that stands for a weight is rounded to single precision.
        expect(values.data[i * 3 + m]).toBeCloseTo((own[i]! / largest) ** 3, 5);
      });
    }
  });

  it("does not depend on the order of learnwares", async () => {
    const { values } = await measured(x, specs);
    const turned = await measured(x, specs.toReversed());
    for (let i = 0; i < x.rows; i++) {
      for (let m = 0; m < 3; m++) {
        expect(turned.values.data[i * 3 + 2 - m]).toBeCloseTo(values.data[i * 3 + m]!, 12);
      }
    }
  });

  it("does not depend on which rows are asked about together", async () => {
    const usual = await finish(usualMeans(compute, x, specs));
    const { values } = await finish(measureEvidence(compute, x, specs, usual));
    const alone = await finish(measureEvidence(compute, pickRows(x, [7]), specs, usual));
    expect([...alone.values.data]).toEqual([...values.data.subarray(21, 24)]);
  });

  it("is 0 where no kernel reaches, and for a learnware that is never near", async () => {
    const rows = single(fromRows([[0], [900]]));
    const distant = [spec("here", [[0]], [1]), spec("there", [[-900]], [1])];
    const { values, far } = await measured(rows, distant);
    expect([...values.data]).toEqual([1, 0, 0, 0]);
    expect([...far]).toEqual([0, 1]);
  });

  it("calls a row far only if it lies beyond every radius", async () => {
    const rows = single(fromRows([[0.9], [2.5], [4.1], [9]]));
    const { far } = await measured(rows, [spec("a", [[0]], [1]), spec("b", [[5]], [1])]);
    expect([...far]).toEqual([0, 1, 0, 1]);
  });

  it("refuses other columns, and kernels of different widths", async () => {
    const rows = single(fromRows([[0]]));
    await expect(measured(rows, [spec("a", [[0, 0]], [1])])).rejects.toMatchObject({
      code: "shape_mismatch",
    });
    const mixed = [spec("a", [[0]], [1]), spec("b", [[0]], [1], 2)];
    await expect(measured(rows, mixed)).rejects.toMatchObject({ code: "bad_parameter" });
  });
});
