import { describe, expect, it } from "vitest";

import {
  fitGradientBoosting,
  predictGradientBoosting,
} from "../../../../../src/engine/learner/trees/gradient-boosting";
import type { Target } from "../../../../../src/engine/learner/target";
import { finish } from "../../../../../src/engine/ground/finish";
import { accuracy, classesOf, madeUpTable, relativeError } from "../made-up-table";

const training = madeUpTable(2000, 1);
const test = madeUpTable(1000, 2);

describe("fitGradientBoosting", () => {
  it("explains most of the variance of rows it has not seen", async () => {
    const target: Target = { task: "regression", values: training.values };
    const model = await finish(fitGradientBoosting(training.inputs, target));
    const { data } = predictGradientBoosting(model, test.inputs);
    expect(relativeError(data, test.values)).toBeLessThan(0.15);
  });

  it.each([[[0]], [[-1, 1, 3]]])("tells classes cut at %j apart", async (cuts) => {
    const codes = classesOf(training.values, cuts);
    const target: Target = { task: "classification", codes, classes: cuts.length + 1 };
    const model = await finish(fitGradientBoosting(training.inputs, target, { rounds: 40 }));
    const predicted = predictGradientBoosting(model, test.inputs);
    const truth = classesOf(test.values, cuts);
    const trivial = Math.max(
      ...[0, 1, 2, 3].map((k) => truth.filter((code) => code === k).length / truth.length),
    );
    expect(accuracy(predicted, truth)).toBeGreaterThan(trivial + 0.2);
    for (let i = 0; i < predicted.rows; i++) {
      const row = predicted.data.subarray(i * predicted.cols, (i + 1) * predicted.cols);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  it("learns which way missing values go", async () => {
    const rows = 200;
    const data = Float32Array.from({ length: rows }, (_, i) => (i % 2 ? NaN : i));
    const values = Float64Array.from({ length: rows }, (_, i) => (i % 2 ? 5 : 1));
    const inputs = { data, rows, cols: 1 };
    const model = await finish(fitGradientBoosting(inputs, { task: "regression", values }));
    expect(relativeError(predictGradientBoosting(model, inputs).data, values)).toBeLessThan(0.01);
  });

  it("repeats itself for the same seed", async () => {
    const target: Target = { task: "regression", values: training.values };
    const options = { rounds: 5, seed: 7 };
    const first = await finish(fitGradientBoosting(training.inputs, target, options));
    const second = await finish(fitGradientBoosting(training.inputs, target, options));
    expect(second).toEqual(first);
  });

  it("stops early where there is nothing to learn", async () => {
    const shuffled = madeUpTable(2000, 99).values;
    const target: Target = { task: "regression", values: shuffled };
    const model = await finish(fitGradientBoosting(training.inputs, target));
    expect(model.trees.length).toBeLessThan(40);
  });

  it("answers the mean for features that never change, and does not fall over on two rows", async () => {
    const inputs = { data: new Float32Array(2), rows: 2, cols: 1 };
    const target: Target = { task: "regression", values: Float64Array.of(1, 3) };
    const model = await finish(fitGradientBoosting(inputs, target));
    const { data } = predictGradientBoosting(model, inputs);
    expect(data[0]).toBeCloseTo(2, 6);
  });

  it.each<[string, Target, string]>([
    ["too few targets", { task: "regression", values: new Float64Array(3) }, "shape_mismatch"],
    [
      "a target that is not finite",
      { task: "regression", values: new Float64Array(2000).fill(NaN) },
      "bad_parameter",
    ],
    [
      "a class out of range",
      { task: "classification", codes: new Int32Array(2000).fill(5), classes: 3 },
      "bad_parameter",
    ],
  ])("refuses %s", async (_, target, code) => {
    await expect(finish(fitGradientBoosting(training.inputs, target))).rejects.toMatchObject({
      code,
    });
  });

  it("refuses an option out of range", async () => {
    const target: Target = { task: "regression", values: training.values };
    const job = fitGradientBoosting(training.inputs, target, { rate: 0 });
    await expect(finish(job)).rejects.toMatchObject({ code: "bad_parameter" });
  });

  it("refuses to predict rows of another width", async () => {
    const target: Target = { task: "regression", values: training.values };
    const model = await finish(fitGradientBoosting(training.inputs, target, { rounds: 1 }));
    const narrow = { data: new Float32Array(2), rows: 1, cols: 2 };
    expect(() => predictGradientBoosting(model, narrow)).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }) as Error,
    );
  });
});
