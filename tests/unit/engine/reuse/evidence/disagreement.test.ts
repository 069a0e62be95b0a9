import { describe, expect, it } from "vitest";

import { fromRows, zeros } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { disagreement } from "../../../../../src/engine/reuse/evidence/disagreement";

const ROWS = 200;

/** What models say that are off by these standard deviations from the same truth, each in its own way. */
function answersOff(deviations: readonly number[]) {
  const random = seededRandom(4);
  const truth = Array.from({ length: ROWS }, () => 10 * normal(random));
  return deviations.map((off) => fromRows(truth.map((y) => [y + off * normal(random)])));
}

function evenly(count: number) {
  const weights = zeros(ROWS, count);
  weights.data.fill(1 / count);
  return { weights, shares: new Float64Array(count).fill(1 / count) };
}

describe("disagreement", () => {
  it("is about 1 for learnwares that are all off by as much", () => {
    const { weights, shares } = evenly(7);
    const off = disagreement(answersOff([1, 1, 1, 1, 1, 1, 1]), weights, shares);
    off.forEach((one) => expect(Math.abs(Math.log(one))).toBeLessThan(Math.log(1.5)));
  });

  it("grows with the square of how far one is off, and others stay as they are", () => {
    const { weights, shares } = evenly(6);
    const near = disagreement(answersOff([1, 1, 1, 1, 1, 10]), weights, shares);
    const farther = disagreement(answersOff([1, 1, 1, 1, 1, 100]), weights, shares);
    expect(farther[5]! / near[5]!).toBeGreaterThan(80);
    for (let m = 0; m < 5; m++) expect(Math.abs(farther[m]! - near[m]!)).toBeLessThan(0.1);
  });

  it("listens in each row to those that have the weight there", () => {
    const says = [1, 1, 5, 5].map((said) => fromRows([[said], [said]]));
    const first = [0.4, 0.4, 0.1, 0.1];
    const off = disagreement(says, fromRows([first, first]), Float64Array.from(first));
    expect([...off]).toEqual([1, 1, 1e6, 1e6]);
    const last = first.toReversed();
    const turned = disagreement(says, fromRows([last, last]), Float64Array.from(last));
    expect([...turned]).toEqual([1e6, 1e6, 1, 1]);
  });

  it("measures several numbers, or probabilities, together", () => {
    const says = [
      [0.9, 0.1],
      [0.8, 0.2],
      [0.7, 0.3],
      [0.1, 0.9],
    ].map((row) => fromRows([row]));
    const weights = fromRows([[0.25, 0.25, 0.25, 0.25]]);
    const off = disagreement(says, weights, Float64Array.of(0.25, 0.25, 0.25, 0.25));
    expect(off[3]).toBe(Math.max(...off));
    expect(off[3]! / off[1]!).toBeGreaterThan(20);
  });

  it("takes the side of neither of two of about the same weight", () => {
    const weights = fromRows([[0.6, 0.4]]);
    const two = [fromRows([[3]]), fromRows([[8]])];
    expect([...disagreement(two, weights, Float64Array.of(0.6, 0.4))]).toEqual([1, 1]);
  });

  it("listens to one that has a row to itself", () => {
    const says = [9, 1, 1, 2].map((said) => fromRows([[said]]));
    const weights = fromRows([[1, 0, 0, 0]]);
    const off = disagreement(says, weights, Float64Array.of(0.1, 0.3, 0.3, 0.3));
    expect(off[0]).toBe(0);
  });

  it("is 1 where all say the same, and for one alone", () => {
    const same = [3, 3, 3].map((said) => fromRows([[said]]));
    const weights = fromRows([[0.2, 0.3, 0.5]]);
    expect([...disagreement(same, weights, Float64Array.of(0.2, 0.3, 0.5))]).toEqual([1, 1, 1]);
    expect([...disagreement([fromRows([[3]])], fromRows([[1]]), Float64Array.of(1))]).toEqual([1]);
  });
});
