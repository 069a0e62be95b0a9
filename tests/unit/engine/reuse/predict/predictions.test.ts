import { describe, expect, test } from "vitest";

import type { RunnableModel } from "../../../../../src/engine/learnware/runnable-model";
import { fromRows } from "../../../../../src/engine/ground/matrix";
import { PredictionCollector } from "../../../../../src/engine/reuse/predict/prediction-collector";
import { predictionColumns } from "../../../../../src/engine/reuse/predict/prediction-columns";

const numbers: RunnableModel = {
  ...{ input: "X", output: "values" },
  ...{ task: "regression", features: ["a"], target: "price", labels: [] },
};
const classes: RunnableModel = {
  ...numbers,
  task: "classification",
  target: "late",
  labels: ["no", "yes"],
};

/** What the columns hold, by name. */
function written(columns: ReturnType<typeof predictionColumns>): Record<string, number[]> {
  return Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]));
}

describe("predictions of numbers", () => {
  const block = (from: number, ...values: number[]) => ({
    ...{ from, values: fromRows(values.map((value) => [value])), radii: null, far: null },
    ...{ farIn: null, spread: null },
  });

  test("are put together from blocks, and written in one column", () => {
    const collector = new PredictionCollector(numbers, 3);
    collector.take(block(0, 1, 2));
    collector.take(block(2, NaN));
    expect(written(predictionColumns(collector.finish([])))).toEqual({
      predicted_price: [1, 2, NaN],
    });
  });

  test("are replaced where blocks begin again, with intervals or without", () => {
    const collector = new PredictionCollector(numbers, 2);
    collector.take({ ...block(0, 1, 2), radii: Float64Array.of(9, 9), far: Uint8Array.of(1, 1) });
    collector.take({ ...block(0, 3, 4), radii: null });
    expect(written(predictionColumns(collector.finish([])))).toEqual({ predicted_price: [3, 4] });
  });

  test("are written with the ends of intervals, and which rows are far", () => {
    const collector = new PredictionCollector(numbers, 2);
    collector.take({ ...block(0, 1, 2), radii: Float64Array.of(0.5, 2), far: Uint8Array.of(0, 1) });
    const columns = predictionColumns(collector.finish([]));
    expect(written(columns)).toEqual({
      predicted_price: [1, 2],
      predicted_price_low: [0.5, 0],
      predicted_price_high: [1.5, 4],
      far_from_training: [0, 1],
    });
    expect(columns[3]!.labels).toEqual(["no", "yes"]);
  });
});

describe("predictions of classes", () => {
  test("are written as the most probable label and a probability for each", () => {
    const collector = new PredictionCollector(classes, 3);
    const values = fromRows([
      [0.1, 0.9],
      [0.75, 0.25],
      [NaN, NaN],
    ]);
    collector.take({ from: 0, values, radii: null, far: null, farIn: null, spread: null });
    const columns = predictionColumns(collector.finish(["no", "yes"]));
    expect(columns[0]!.labels).toEqual(["no", "yes"]);
    expect(written(columns)).toEqual({
      predicted_late: [1, 0, NaN],
      probability_no: [0.1, 0.75, NaN],
      probability_yes: [0.9, 0.25, NaN],
    });
  });

  test("have one probability when there are many labels", () => {
    const labels = Array.from({ length: 11 }, (_, k) => `class ${k}`);
    const collector = new PredictionCollector(classes, 1);
    const values = fromRows([labels.map((_, k) => (k === 7 ? 0.5 : 0.05))]);
    collector.take({ from: 0, values, radii: null, far: null, farIn: null, spread: null });
    expect(written(predictionColumns(collector.finish(labels)))).toEqual({
      predicted_late: [7],
      predicted_late_probability: [0.5],
    });
  });
});
