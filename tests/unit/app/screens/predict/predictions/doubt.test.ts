import { describe, expect, test } from "vitest";

import {
  commonestFar,
  doubtFirst,
  farFeatures,
} from "../../../../../../src/app/screens/predict/predictions/rows/doubt";
import type { Predictions } from "../../../../../../src/engine/reuse/predict/predictions";

/** Rows 1 and 3 are far: in view, and in view and age; row 4 has no prediction. */
const predictions: Predictions = {
  ...{ task: "regression", target: "price", radii: null, spread: null },
  values: Float64Array.of(1, 2, 3, 4, NaN),
  far: Uint8Array.of(0, 1, 0, 1, 0),
  farIn: Int32Array.of(-1, -1, -1, 2, -1, -1, -1, -1, -1, 0, 2, 3, -1, -1, -1),
};
/** A category of two columns is one feature. */
const features = ["age", "sqft", "view", "view"];

describe("rows in doubt", () => {
  test("come first, otherwise in the order of the table", () => {
    expect([...doubtFirst(predictions)]).toEqual([1, 3, 4, 0, 2]);
  });

  test("are told with the features they are far off in, each once", () => {
    expect(farFeatures(predictions, features, 3)).toEqual(["age", "view"]);
    expect(farFeatures(predictions, features, 0)).toEqual([]);
    expect(commonestFar(predictions, features, 1)).toEqual(["view"]);
    expect(commonestFar({ far: null, farIn: null }, features, 1)).toEqual([]);
  });
});
