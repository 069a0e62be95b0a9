import { expect, test } from "vitest";

import { fromRows, type Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { packShares, unpackShares } from "../../../../../src/engine/specification/book/shares";
import {
  coarsePoints,
  coarseWeights,
} from "../../../../../src/engine/specification/publish/coarse";

test.for([
  [100, 15],
  [5000, 51],
] as const)("weights for %i rows are whole parts, of %i, of the largest", ([rows, levels]) => {
  const random = seededRandom(rows);
  const weights = Float64Array.from({ length: 60 }, () => random() ** 4);
  const coarse = coarseWeights(weights, rows);
  const largest = Math.max(...coarse);
  expect(coarse.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  for (const weight of coarse) {
    expect((weight / largest) * levels).toBeCloseTo(Math.round((weight / largest) * levels), 9);
  }
  expect(coarse.filter((weight) => weight === 0).length).toBeGreaterThan(0);
  const kept = unpackShares(packShares(coarse));
  kept.forEach((weight, j) => expect(weight).toBeCloseTo(coarse[j]!, 12));
});

test("points lie on steps of a sixteenth of the column's deviation or less, whatever its scale", () => {
  const random = seededRandom(3);
  const x = fromRows(Array.from({ length: 400 }, () => [normal(random), 0.04 * normal(random), 7]));
  const points = fromRows(
    Array.from({ length: 30 }, () => [normal(random), 0.04 * normal(random), 7.3]),
  );
  const coarse = coarsePoints(points, x);
  for (const [column, deviation] of [1, 0.04].entries()) {
    const differences = values(coarse, column).map(
      (value, i) => value - values(points, column)[i]!,
    );
    expect(Math.max(...differences.map(Math.abs))).toBeLessThanOrEqual((1.1 * deviation) / 32);
    expect(new Set(values(coarse, column)).size).toBeGreaterThan(10);
  }
  for (const value of values(coarse, 2)) expect(value).toBeCloseTo(7.3, 6);
});

function values({ data, cols }: Matrix, column: number): number[] {
  return [...data.filter((_, at) => at % cols === column)];
}
