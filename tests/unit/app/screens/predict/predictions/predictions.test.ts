import { describe, expect, test } from "vitest";

import {
  downloadName,
  usualFormat,
  modelName,
} from "../../../../../../src/app/screens/predict/predictions/download-names";
import { TimeLeft } from "../../../../../../src/app/components/time-left";
import {
  blankRows,
  farShare,
  summarise,
} from "../../../../../../src/app/screens/predict/predictions/summary";
import { Format } from "../../../../../../src/app/words/format";
import type { Predictions } from "../../../../../../src/engine/reuse/predict/predictions";

const classes: Predictions = {
  task: "classification",
  target: "late",
  labels: ["no", "yes"],
  values: Float64Array.of(1, 0),
  confidence: Float32Array.of(0.9, 0.75),
  probabilities: Float32Array.of(0.1, 0.9, 0.75, 0.25),
  far: null,
  farIn: null,
  agreeing: null,
};

function numbers(...values: number[]): Predictions {
  return {
    ...{ task: "regression", target: "price", radii: null, far: null, farIn: null, spread: null },
    values: Float64Array.from(values),
  };
}

describe("a summary of predictions", () => {
  test("counts every usable number in one bin", () => {
    const summary = summarise(numbers(3, 1, 2, NaN, 1));
    expect(summary).toMatchObject({ kind: "numbers", least: 1, median: 2, most: 3 });
    expect(summary.kind === "numbers" && summary.bins.reduce((a, b) => a + b)).toBe(4);
  });

  test("counts the rows without one", () => {
    expect(blankRows(numbers(3, NaN, 2, -Infinity))).toBe(2);
    expect(blankRows({ ...classes, values: Float64Array.of(1, NaN) })).toBe(1);
  });

  test("copes with equal numbers and with none", () => {
    expect(summarise(numbers(5, 5))).toMatchObject({ kind: "numbers", least: 5, most: 5 });
    expect(summarise(numbers(NaN))).toEqual({ kind: "none" });
  });

  test("says what share of rows is far, if that was measured", () => {
    expect(farShare(numbers(1, 2))).toBeNull();
    expect(farShare({ ...classes, far: Uint8Array.of(1, 0) })).toBe(0.5);
  });

  test("counts labels, most frequent first", () => {
    const summary = summarise({ ...classes, values: Float64Array.of(1, 1, 0) });
    expect(summary).toMatchObject({ counts: [{ label: "yes", count: 2 }, { count: 1 }] });
  });
});

test.each([
  ["homes.csv", "homes"],
  ["homes.csv.gz", "homes"],
  ["a.b.tsv", "a.b"],
  ["table", "table"],
  ["homes.xlsx", "homes"],
])("the downloads of %s are called %s-…", (from, stem) => {
  expect(downloadName(from, "csv")).toBe(`${stem}-predictions.csv`);
  expect(modelName(from)).toBe(`${stem}-model.zip`);
});

test.each([
  [undefined, "csv"],
  ["delimited", "csv"],
  ["parquet", "parquet"],
  ["ods", "xlsx"],
  ["npz", "csv"],
])("a table from %s is downloaded as %s, if nothing else is chosen", (format, usual) => {
  expect(usualFormat(format)).toBe(usual);
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
