import { expect, test } from "vitest";

import { featureBands } from "../../../../../../src/engine/kinds/table/space/feature-bands";
import type { Space } from "../../../../../../src/engine/kinds/table/space/space";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";

const plain = { aliases: [], categories: [], center: [0], scale: [1] };
const space: Space = {
  ...{ id: "s", version: 1, name: "S", description: "", profile: "berth" },
  features: [
    { ...plain, name: "area", type: "number", unit: "m²", center: [100], scale: [10] },
    { ...plain, name: "new", type: "boolean" },
    {
      ...plain,
      name: "kind",
      type: "category",
      categories: ["flat", "house"],
      center: [0.5, 0.5],
      scale: [0.5, 0.5],
    },
    { ...plain, name: "age", type: "number", range: [0, 90] },
  ],
  kernel: gaussianKernel(1),
};

test("bands are quantiles of the weighted points, in the features' own units", () => {
  const rows = [
    [-1, 1, 1, -1, 5],
    [0, 0, 1, -1, 5],
    [2, 0, -1, 1, -5],
  ];
  const bands = featureBands(space, {
    points: { data: Float64Array.from(rows.flat()), rows: 3, cols: 5 },
    weights: Float64Array.of(0.25, 0.5, 0.25),
    kernel: space.kernel,
    rowCount: 100,
  });
  expect(bands).toEqual([
    {
      name: "area",
      unit: "m²",
      numbers: { low: 90, median: 100, high: 120, usual: [90, 120] },
      shares: [],
    },
    { name: "new", unit: null, numbers: null, shares: [{ value: "1", share: 0.25 }] },
    {
      name: "kind",
      unit: null,
      numbers: null,
      shares: [
        { value: "flat", share: 0.75 },
        { value: "house", share: 0.25 },
      ],
    },
    {
      name: "age",
      unit: null,
      numbers: { low: 0, median: 5, high: 5, usual: [0, 90] },
      shares: [],
    },
  ]);
});

test("points of a weight below zero stand for nothing", () => {
  const [area] = featureBands(space, {
    points: { data: Float64Array.from([0, 0, 0, 0, 0, 9, 0, 0, 0, 0]), rows: 2, cols: 5 },
    weights: Float64Array.of(1.2, -0.2),
    kernel: space.kernel,
    rowCount: 100,
  });
  expect(area!.numbers).toMatchObject({ low: 100, median: 100, high: 100 });
});
