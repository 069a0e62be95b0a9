import { expect, test } from "vitest";

import { honestyFindings } from "../../../../src/engine/verify/honesty";
import { normal, seededRandom } from "../../../../src/engine/ground/random";

const ROWS = 20;
const random = seededRandom(3);
const real = Float64Array.from({ length: 2 * ROWS }, () => normal(random));
const even = new Float64Array(ROWS).fill(1 / ROWS);
const points = (data: Float64Array) => ({ data, rows: ROWS, cols: 2 });
const found = (data: Float64Array, weights: Float64Array, radius: number) =>
  honestyFindings({ points: points(data), weights }, radius);

test("a specification of rows is fine, also where its weights do not sum to 1 to the last digit", () => {
  expect(found(real, even, 1.5)).toBeNull();
  expect(
    found(
      real,
      even.map((weight) => 0.95 * weight),
      1.5,
    ),
  ).toBeNull();
});

test.each([
  ["whose points lie where nobody measures", real.map((z) => 1e6 * z), even, 1.5, "far_points"],
  [
    "that says it stands for a hundred times itself",
    real,
    even.map((w) => 100 * w),
    1.5,
    "odd_weights",
  ],
  ["whose weights cancel", real, even.map((w, i) => (i % 2 ? w : -w)), 1.5, "odd_weights"],
  ["that says to cover everything", real, even, 1e6, "wide_radius"],
])("one %s is refused", (_, data, weights, radius, code) => {
  expect(found(data, weights, radius)).toMatchObject({ state: "refused", code });
});

test.each([
  ["some points far out", real.map((z, i) => (i < 8 ? 1e6 * z : z)), even, 1.5, "far_points"],
  [
    "one point that has nearly all of the weight",
    real,
    even.map((_, i) => (i === 0 ? 0.95 : 0.05 / 19)),
    1.5,
    "odd_weights",
  ],
  ["a radius of many times its spread", real, even, 200, "wide_radius"],
])("%s are told of", (_, data, weights, radius, code) => {
  expect(found(data, weights, radius)).toMatchObject({ state: "warned", code });
});
