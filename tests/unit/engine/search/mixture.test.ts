import { describe, expect, test } from "vitest";

import { fromRows } from "../../../../src/engine/ground/matrix";
import { greedyMixture, growMixture } from "../../../../src/engine/search/mixture";

/** Three learnwares with nothing in common. */
const apart = fromRows([
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]);

describe("greedyMixture", () => {
  test("finds the shares of a user who is a mixture of two learnwares", () => {
    // u = 0.75 a + 0.25 c, so ⟨u, u⟩ = 0.625.
    const mixture = greedyMixture(apart, Float64Array.of(0.75, 0, 0.25), 0.625);
    expect(mixture?.members.map(({ index }) => index)).toEqual([0, 2]);
    expect(mixture?.members[0]?.weight).toBeCloseTo(0.75, 8);
    expect(mixture?.members[1]?.weight).toBeCloseTo(0.25, 8);
    expect(mixture?.mmd2).toBeCloseTo(0, 8); // The quadratic program adds a ridge of 1e-9.
  });

  test("is none when one learnware is the user", () => {
    expect(greedyMixture(apart, Float64Array.of(1, 0, 0), 1)).toBeNull();
  });

  test("is none when a second learnware takes less than the asked share away", () => {
    // With a alone 0.5; with both 0.45 at best, a tenth less.
    const gram = fromRows([
      [1, 0.5],
      [0.5, 1],
    ]);
    const target = Float64Array.of(0.75, 0.527);
    expect(greedyMixture(gram, target, 1, { minGain: 0.05 })).not.toBeNull();
    expect(greedyMixture(gram, target, 1, { minGain: 0.5 })).toBeNull();
  });

  test("has no more members than allowed, and weights that sum to one", () => {
    const third = 1 / 3;
    const target = Float64Array.of(third, third, third);
    const mixture = greedyMixture(apart, target, third, { maxMembers: 2 });
    expect(mixture?.members).toHaveLength(2);
    expect(mixture?.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  test("is none without candidates", () => {
    expect(greedyMixture(fromRows([]), new Float64Array(0), 1)).toBeNull();
  });

  test("refuses a Gram matrix of another size", () => {
    expect(() => greedyMixture(apart, Float64Array.of(1, 2), 1)).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
  });
});

test("a growing mixture asks for the products of each member but the last, and yields before", () => {
  const asked: number[] = [];
  const third = 1 / 3;
  const rounds = growMixture(
    {
      userSelf: third,
      target: Float64Array.of(third, third, third),
      selfProducts: Float64Array.of(1, 1, 1),
      productsWith: (index) => {
        asked.push(index);
        return Float64Array.from([0, 1, 2], (i) => (i === index ? 1 : 0));
      },
    },
    { maxMembers: 3 },
  );
  expect(rounds.next().done).toBe(false);
  expect(asked).toEqual([]);
  expect(rounds.next().done).toBe(false);
  expect(asked).toEqual([0]);
  const last = rounds.next();
  expect(asked).toEqual([0, 1]);
  expect(last.done && last.value?.members).toHaveLength(3);
});
