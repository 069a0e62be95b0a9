import { describe, expect, it } from "vitest";

import { predictLinear } from "../../../../src/engine/learner/linear/linear-model";
import { fitLogistic } from "../../../../src/engine/learner/linear/logistic";
import { fitRidge } from "../../../../src/engine/learner/linear/ridge";
import {
  fitStandardiser,
  standardise,
  withSpreads,
} from "../../../../src/engine/learner/linear/standardise";
import { finish } from "../../../../src/engine/ground/finish";
import { accuracy, classesOf, madeUpTable, relativeError } from "./made-up-table";

describe("fitStandardiser", () => {
  const column = (...values: number[]) => ({
    data: Float32Array.from(values),
    rows: values.length,
    cols: 1,
  });
  // Mean 2, deviation 2, range 4: limits at -4 and 8.
  const standardiser = fitStandardiser(column(0, 4));

  it("brings values to mean 0 and spread 1, and what is missing to the mean", () => {
    expect([...standardise(column(0, 4, NaN), standardiser).data]).toEqual([-1, 1, 0]);
  });

  it("stops values that lie further out than the range is wide", () => {
    const scaled = standardise(column(-4, -5, 8, 1e9), standardiser);
    expect([...scaled.data]).toEqual([-3, -3, 3, 3]);
  });

  it("gives a feature the spread that is asked for", () => {
    const half = withSpreads(standardiser, Float64Array.of(0.5));
    expect([...standardise(column(0, 4, 1e9), half).data]).toEqual([-0.5, 0.5, 1.5]);
  });

  it("leaves nothing of a feature that is constant or missing", () => {
    expect([...standardise(column(7), fitStandardiser(column(5, 5, NaN))).data]).toEqual([0]);
    expect([...standardise(column(7), fitStandardiser(column(NaN, NaN))).data]).toEqual([0]);
  });
});

describe("fitRidge", () => {
  it("finds the line that made the numbers", async () => {
    const rows = 400;
    const data = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * i) * 5 + 1000);
    const values = Float64Array.from(
      { length: rows },
      (_, i) => 3 * data[2 * i]! - 2 * data[2 * i + 1]! + 7,
    );
    const inputs = { data, rows, cols: 2 };
    const model = await finish(fitRidge(inputs, { task: "regression", values }));
    // The least strength shrinks by 1e-4, so the error is of the order of its square.
    expect(relativeError(predictLinear(model, inputs).data, values)).toBeLessThan(1e-6);
  });

  it("beats the mean on rows it has not seen, some of them with missing values", async () => {
    const { inputs, values } = madeUpTable(500, 3);
    const test = madeUpTable(500, 4);
    const model = await finish(fitRidge(inputs, { task: "regression", values }));
    expect(relativeError(predictLinear(model, test.inputs).data, test.values)).toBeLessThan(0.6);
  });

  it("holds a feature back the less the larger its spread is", async () => {
    const { inputs, values } = madeUpTable(200, 3);
    const target = { task: "regression" as const, values };
    const alphas = [200];
    const own = fitStandardiser(inputs);
    const spreads = Float64Array.from({ length: inputs.cols }, (_, j) => (j === 0 ? 10 : 1));
    const model = await finish(fitRidge(inputs, target, { alphas }));
    const standardiser = withSpreads(own, spreads);
    const freer = await finish(fitRidge(inputs, target, { alphas, standardiser }));
    const effect = ({ weights }: typeof model, spread: number) =>
      Math.abs(weights.data[0]! * spread);
    expect(effect(freer, 10)).toBeGreaterThan(1.5 * effect(model, 1));
  });

  it("shrinks to the mean where there is nothing to learn", async () => {
    const { inputs } = madeUpTable(30, 5);
    const { values } = madeUpTable(30, 6);
    const model = await finish(fitRidge(inputs, { task: "regression", values }));
    const test = madeUpTable(500, 7);
    expect(relativeError(predictLinear(model, test.inputs).data, values.slice())).not.toBeNaN();
    expect(Math.max(...model.weights.data.map(Math.abs))).toBeLessThan(1);
  });
});

describe("fitLogistic", () => {
  it.each([[[0]], [[-1, 1, 3]]])("tells classes cut at %j apart", async (cuts) => {
    const { inputs, values } = madeUpTable(800, 8);
    const test = madeUpTable(500, 9);
    const target = { codes: classesOf(values, cuts), classes: cuts.length + 1 };
    const model = await finish(fitLogistic(inputs, { task: "classification", ...target }));
    const truth = classesOf(test.values, cuts);
    const trivial = Math.max(
      ...[0, 1, 2, 3].map((k) => truth.filter((code) => code === k).length / truth.length),
    );
    expect(accuracy(predictLinear(model, test.inputs), truth)).toBeGreaterThan(trivial + 0.1);
  });

  it("answers the class shares when no feature says anything", async () => {
    const inputs = { data: new Float32Array(10), rows: 10, cols: 1 };
    const codes = Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
    const model = await finish(fitLogistic(inputs, { task: "classification", codes, classes: 2 }));
    // L-BFGS stops at a gradient of 1e-6.
    expect(predictLinear(model, inputs).data[0]).toBeCloseTo(0.3, 4);
  });
});
