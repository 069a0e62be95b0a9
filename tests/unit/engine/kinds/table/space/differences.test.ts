import { describe, expect, test } from "vitest";

import { fromRows } from "../../../../../../src/engine/ground/matrix";
import { featureDifferences } from "../../../../../../src/engine/kinds/table/space/differences";
import { featureOfColumns } from "../../../../../../src/engine/kinds/table/space/feature-columns";
import type { SpaceFeature } from "../../../../../../src/engine/kinds/table/space/space";

const none = { aliases: [], categories: [] };
const features: SpaceFeature[] = [
  { name: "age", type: "number", unit: "years", ...none, center: [40], scale: [10] },
  { name: "member", type: "boolean", ...none, center: [0.5], scale: [0.5] },
  {
    ...{ name: "town", type: "category", aliases: [], categories: ["York", "Hull"] },
    ...{ center: [0.5, 0.5], scale: [0.5, 0.5] },
  },
];
// Scaled: ages 40 and 50, members, all of York; learnt from 20 and 60, a quarter members, all of Hull.
const x = fromRows([
  [0, 1, 1, -1],
  [1, 1, 1, -1],
]);
const points = fromRows([
  [-2, 1, -1, 1],
  [2, -1, -1, 1],
]);
const weights = Float64Array.of(0.25, 0.75);

describe("how rows differ from what was learnt from", () => {
  const found = featureDifferences(x, points, weights, { features }, () => true);

  test("is told in own units: the middle of numbers, and shares", () => {
    expect(found.find(({ feature }) => feature === "age")).toMatchObject({
      ...{ kind: "numbers", unit: "years", yours: [40, 40, 50], learnt: [20, 60, 60] },
    });
    expect(found.find(({ feature }) => feature === "member")).toMatchObject({
      ...{ kind: "share", value: null, yours: 1, learnt: 0.25 },
    });
    expect(found.find(({ feature }) => feature === "town")).toMatchObject({
      ...{ kind: "share", value: "York", yours: 1, learnt: 0, apart: 1 },
    });
  });

  test("begins with the most different feature, and leaves out what the table lacks", () => {
    const apart = found.map((one) => one.apart);
    expect(apart).toEqual(apart.toSorted((a, b) => b - a));
    const known = featureDifferences(x, points, weights, { features }, (name) => name === "age");
    expect(known.map(({ feature }) => feature)).toEqual(["age"]);
  });
});

test("columns are named by their features", () => {
  expect(featureOfColumns({ features })).toEqual(["age", "member", "town", "town"]);
});
