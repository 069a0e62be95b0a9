import { expect, test } from "vitest";

import { randomFeatures, sketchOf } from "../../src/engine/specification/kernel/random-features";
import { fromRows } from "../../src/engine/ground/matrix";
import golden from "../fixtures/sketch.json";

/** Only logarithms, cosines and sines may round differently here and in the fixture's Python. */
const TOLERANCE = 1e-9;

/** The sketch must be the same number for number in every engine. Called in Node and in Chromium. */
export function sketchContract(): void {
  test.for(golden.cases)("the sketch of seed '$seed' in $cols columns is as described", (one) => {
    const features = randomFeatures(one);
    const { frequencies } = features;
    expect([frequencies.rows, frequencies.cols]).toEqual([one.count / 2, one.cols]);
    expectClose(frequencies.data.subarray(0, one.frequencies.length), one.frequencies);
    const last = frequencies.data.subarray((frequencies.rows - 1) * one.cols);
    expectClose(last.subarray(0, one.lastFrequency.length), one.lastFrequency);
    const sketch = sketchOf(fromRows(one.points), Float64Array.from(one.weights), features);
    expectClose(sketch, one.sketch);
  });
}

function expectClose(actual: Float64Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  const differences = actual.map((value, i) => Math.abs(value - expected[i]!));
  expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
}
