import { describe, expect, it } from "vitest";

import { softmaxInPlace } from "../../../../../src/engine/learner/trees/boosting-loss";
import { fromRows, zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { conformalRadius } from "../../../../../src/engine/reuse/outputs/conformal";
import { disagreement } from "../../../../../src/engine/reuse/outputs/difficulty";
import {
  applyTemperature,
  fitTemperature,
} from "../../../../../src/engine/reuse/outputs/temperature";

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe("conformalRadius", () => {
  it("is the ⌈(n + 1) · coverage⌉-th smallest error", () => {
    const truth = Float64Array.of(1, -2, 3, -4, 5, -6, 7, -8, 9);
    const predicted = new Float64Array(9);
    expect(conformalRadius(predicted, truth, 0.9)).toBe(9);
    expect(conformalRadius(predicted, truth, 0.8)).toBe(8);
    expect(conformalRadius(predicted, truth, 0.5)).toBe(5);
  });

  it("says nothing where the labels are too few for the coverage", () => {
    expect(conformalRadius(new Float64Array(8), new Float64Array(8), 0.9)).toBe(Infinity);
  });

  it.each([
    [19, 0.9],
    [50, 0.8],
  ])(
    "holds at least its share of new rows on average, and little more: %i labels",
    (n, coverage) => {
      const random = seededRandom(n);
      // A skewed error, larger on some rows: coverage does not depend on its shape.
      const draw = () => Math.exp(normal(random)) * (random() < 0.3 ? 5 : 1);
      let held = 0;
      const trials = 4000;
      for (let trial = 0; trial < trials; trial++) {
        const truth = new Float64Array(n).map(draw);
        if (draw() <= conformalRadius(new Float64Array(n), truth, coverage)) held++;
      }
      // Between coverage and coverage + 1 / (n + 1), by the theory; three standard errors are 0.02.
      expect(held / trials).toBeGreaterThan(coverage - 0.02);
      expect(held / trials).toBeLessThan(coverage + 1 / (n + 1) + 0.02);
    },
  );

  it("widens where a row is difficult", () => {
    const truth = Float64Array.of(1, 10);
    const radius = conformalRadius(new Float64Array(2), truth, 0.5, Float64Array.of(1, 10));
    expect(radius).toBe(1);
  });

  it("refuses a coverage of 1, lengths that differ, and a difficulty of 0", () => {
    const two = new Float64Array(2);
    expect(() => conformalRadius(two, two, 1)).toThrow(refusal("bad_parameter"));
    expect(() => conformalRadius(two, new Float64Array(3), 0.9)).toThrow(refusal("shape_mismatch"));
    expect(() => conformalRadius(two, two, 0.9, two)).toThrow(refusal("bad_parameter"));
  });
});

describe("disagreement", () => {
  it("is the spread of what learnwares say, over its mean", () => {
    const values = [fromRows([[1], [5]]), fromRows([[3], [5]])];
    expect(disagreement(values)).toEqual({ difficulty: Float64Array.of(1.5, 0.5), typical: 0.5 });
    expect([...disagreement(values, 2).difficulty]).toEqual([3, 2]);
  });

  it("is even where one learnware says everything", () => {
    expect([...disagreement([fromRows([[1], [5]])]).difficulty]).toEqual([1, 1]);
  });
});

describe("temperature", () => {
  /** Classes drawn from softmax(scores), and the probabilities a model too sure by a factor would give. */
  function drawClasses(count: number, factor: number) {
    const random = seededRandom(7);
    const probabilities = zeros(count, 3);
    const codes = new Int32Array(count).map((_, i) => {
      const scores = Float64Array.from({ length: 3 }, () => normal(random));
      const shares = scores.slice();
      softmaxInPlace(shares);
      const sure = scores.map((score) => factor * score);
      softmaxInPlace(sure);
      probabilities.data.set(sure, 3 * i);
      const mark = random();
      return mark < shares[0]! ? 0 : mark < shares[0]! + shares[1]! ? 1 : 2;
    });
    return { probabilities, target: { task: "classification", codes, classes: 3 } as const };
  }

  it.each([0.5, 1, 3])("finds by what factor a model is too sure: %f", (factor) => {
    const { probabilities, target } = drawClasses(4000, factor);
    // The standard error of ln T from 4000 rows is some 0.03.
    const found = fitTemperature(probabilities, target);
    expect(Math.abs(Math.log(found / factor))).toBeLessThan(0.1);
  });

  it("changes nothing at 1, and no row's most probable class at any", () => {
    const probabilities = fromRows([[0.5, 0.3, 0.2]]);
    applyTemperature(probabilities, 1).data.forEach((p, k) => {
      expect(p).toBeCloseTo(probabilities.data[k]!, 12);
    });
    const squared = applyTemperature(probabilities, 0.5).data;
    expect(squared[0]! / squared[1]!).toBeCloseTo(25 / 9, 12);
    expect([...squared].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  it("refuses answers of other classes", () => {
    const target = { task: "classification", codes: Int32Array.of(0), classes: 2 } as const;
    expect(() => fitTemperature(fromRows([[1, 0, 0]]), target)).toThrow(refusal("shape_mismatch"));
  });
});
