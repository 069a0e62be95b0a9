import { describe, expect, it } from "vitest";

import {
  averageClasses,
  averageNumbers,
  largestColumns,
} from "../../../../src/engine/reuse/average";
import { fromRows, toRows } from "../../../../src/engine/matrix";

describe("averageNumbers", () => {
  it("weighs each model's numbers by its share", () => {
    const mean = averageNumbers([
      { weight: 3, values: Float32Array.of(1, 10) },
      { weight: 1, values: Float32Array.of(5, 20) },
    ]);
    expect([...mean]).toEqual([2, 12.5]);
  });

  it("gives back the numbers of a single model", () => {
    expect([...averageNumbers([{ weight: 0.2, values: Float64Array.of(7, -1) }])]).toEqual([7, -1]);
  });

  it.each([[[]], [[0, 0]], [[-1, 2]], [[NaN, 1]]])("refuses the weights %j", (weights) => {
    const votes = weights.map((weight) => ({ weight, values: Float64Array.of(1) }));
    expect(() => averageNumbers(votes)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }) as Error,
    );
  });

  it("refuses predictions of different lengths", () => {
    const votes = [1, 2].map((length) => ({ weight: 1, values: new Float64Array(length) }));
    expect(() => averageNumbers(votes)).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }) as Error,
    );
  });
});

describe("averageClasses", () => {
  it("matches columns by label, not by position", () => {
    const { labels, probabilities } = averageClasses([
      { weight: 1, labels: ["no", "yes"], probabilities: fromRows([[0.25, 0.75]]) },
      { weight: 1, labels: ["yes", "no"], probabilities: fromRows([[0.25, 0.75]]) },
    ]);
    expect(labels).toEqual(["no", "yes"]);
    expect(toRows(probabilities)).toEqual([[0.5, 0.5]]);
  });

  it("takes the union of the labels, 0 where a model does not know one", () => {
    const { labels, probabilities } = averageClasses([
      { weight: 3, labels: ["a", "b"], probabilities: fromRows([[1, 0]]) },
      { weight: 1, labels: ["c"], probabilities: fromRows([[1]]) },
    ]);
    expect(labels).toEqual(["a", "b", "c"]);
    expect(toRows(probabilities)).toEqual([[0.75, 0, 0.25]]);
  });

  it("scales rows to sum to one, uniform where nothing was given", () => {
    const scaled = averageClasses([
      {
        weight: 1,
        labels: ["a", "b"],
        probabilities: fromRows([
          [0.1, 0.3],
          [0, 0],
        ]),
      },
    ]);
    expect(scaled.probabilities.data[0]).toBeCloseTo(0.25, 12);
    expect([...scaled.probabilities.data.slice(2)]).toEqual([0.5, 0.5]);
  });

  it("refuses probabilities whose columns are not the labels", () => {
    const vote = { weight: 1, labels: ["a", "b", "c"], probabilities: fromRows([[0.5, 0.5]]) };
    expect(() => averageClasses([vote])).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }) as Error,
    );
  });
});

describe("largestColumns", () => {
  it("takes the first of equals", () => {
    expect([
      ...largestColumns(
        fromRows([
          [1, 3, 3],
          [2, 1, 0],
        ]),
      ),
    ]).toEqual([1, 0]);
  });
});
