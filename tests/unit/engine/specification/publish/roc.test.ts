import { expect, test } from "vitest";

import { seededRandom } from "../../../../../src/engine/ground/random";
import {
  areaUnderCurve,
  truePositiveRate,
} from "../../../../../src/engine/specification/publish/roc";

test("the area is the share of pairs in which the member is higher, ties for half", () => {
  const random = seededRandom(1);
  const draw = (n: number) =>
    Float64Array.from({ length: n }, () => Math.round(9 * random())).sort();
  const [members, others] = [draw(40), draw(25)];
  let wins = 0;
  for (const a of members) for (const b of others) wins += a > b ? 1 : a === b ? 0.5 : 0;
  expect(areaUnderCurve(members, others)).toBeCloseTo(wins / 1000, 12);
});

test("members are found that lie above all others but those that may be taken for members", () => {
  const others = Float64Array.from({ length: 200 }, (_, i) => i);
  const members = Float64Array.of(10, 196.5, 197.5, 198, 300);
  expect(truePositiveRate(members, others, 0)).toBe(0.2);
  expect(truePositiveRate(members, others, 0.01)).toBe(0.6);
  expect(truePositiveRate(others, others, 0.01)).toBe(0.01);
});
