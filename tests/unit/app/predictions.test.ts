import { describe, expect, test } from "vitest";

import { downloadName, predictionColumns } from "../../../src/app/models/prediction-columns";
import { TimeLeft } from "../../../src/app/models/time-left";
import { summarise } from "../../../src/app/models/summary";
import { Format } from "../../../src/app/words/format";
import type { Predictions } from "../../../src/contracts/reuse-api";

const classes: Predictions = {
  task: "classification",
  target: "late",
  labels: ["no", "yes"],
  values: Float64Array.of(1, 0),
  probabilities: Float32Array.of(0.1, 0.9, 0.75, 0.25),
};

describe("prediction columns", () => {
  test("of numbers are one column, whose name is not taken", () => {
    const values = Float64Array.of(1, 2);
    const columns = predictionColumns({ task: "regression", target: "price", values }, [
      "predicted_price",
    ]);
    expect(columns).toEqual([{ name: "predicted_price_2", values }]);
  });

  test("of classes are the label and a probability for each", () => {
    const columns = predictionColumns(classes, []);
    expect(columns.map(({ name }) => name)).toEqual([
      "predicted_late",
      "probability_no",
      "probability_yes",
    ]);
    expect(columns[0]?.labels).toEqual(["no", "yes"]);
    expect([...(columns[2]?.values ?? [])]).toEqual([0.9, 0.25]);
  });

  test("leave out probabilities when there are more than ten labels", () => {
    const labels = Array.from({ length: 11 }, (_, i) => `l${i}`);
    const many = { ...classes, labels, probabilities: new Float32Array(22) };
    expect(predictionColumns(many, [])).toHaveLength(1);
  });
});

describe("a summary of predictions", () => {
  test("counts every usable number in one bin", () => {
    const values = Float64Array.from([3, 1, 2, NaN, 1]);
    const summary = summarise({ task: "regression", target: "y", values });
    expect(summary).toMatchObject({ kind: "numbers", least: 1, median: 2, most: 3 });
    expect(summary.kind === "numbers" && summary.bins.reduce((a, b) => a + b)).toBe(4);
  });

  test("copes with equal numbers and with none", () => {
    const of = (...values: number[]) =>
      summarise({ task: "regression", target: "y", values: Float64Array.from(values) });
    expect(of(5, 5)).toMatchObject({ kind: "numbers", least: 5, most: 5 });
    expect(of(NaN)).toEqual({ kind: "none" });
  });

  test("counts labels, most frequent first", () => {
    const summary = summarise({ ...classes, values: Float64Array.of(1, 1, 0) });
    expect(summary).toMatchObject({ counts: [{ label: "yes", count: 2 }, { count: 1 }] });
  });
});

test.each([
  ["homes.csv", "homes-predictions.csv"],
  ["homes.csv.gz", "homes-predictions.csv"],
  ["a.b.tsv", "a.b-predictions.csv"],
  ["table", "table-predictions.csv"],
])("the download of %s is called %s", (from, to) => {
  expect(downloadName(from)).toBe(to);
});

test("shares are never rounded to none or all", () => {
  const format = new Format("en");
  expect(format.percent(0.001)).toBe("<1%");
  expect(format.percent(0.999)).toBe(">99%");
  expect(format.percent(1)).toBe("100%");
  expect(format.number(0.00001234)).toBe("1.23E-5");
});

describe("the time left", () => {
  const progress = (done: number) => ({ stage: "read", done, total: 100 }) as const;

  test("follows from the pace, once there is enough to go by", () => {
    const left = new TimeLeft();
    expect(left.after(progress(0), 0)).toBeNull();
    expect(left.after(progress(10), 1000)).toBeNull();
    expect(left.after(progress(20), 2000)).toBe(8);
    expect(left.after(progress(99), 9900)).toBeNull();
  });

  test("starts over with another stage", () => {
    const left = new TimeLeft();
    left.after(progress(0), 0);
    expect(left.after({ stage: "refine", done: 50, total: 100 }, 9000)).toBeNull();
  });
});
