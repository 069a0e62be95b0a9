import { describe, expect, it } from "vitest";

import { type BitProblem, searchFront } from "../../../../../src/engine/reuse/ways/nsga2";
import { finish } from "../../../../../src/engine/ground/finish";

const BITS = 10;

/** Leading ones and trailing zeros, both to be many: the front is 1…10…0, one string for each number of ones. */
const leadingAndTrailing: BitProblem = {
  bits: BITS,
  repair: () => undefined,
  evaluate(genome) {
    const leading = [...genome, 0].indexOf(0);
    const trailing = [...genome.toReversed(), 1].indexOf(1);
    return [-leading, -trailing];
  },
};

/** Few ones against a large value, each bit being worth its place: the front takes the most valuable first. */
const knapsack: BitProblem = {
  bits: BITS,
  repair: () => undefined,
  evaluate: (genome) => [
    genome.reduce((sum, bit) => sum + bit, 0),
    -genome.reduce((sum, bit, i) => sum + bit * 2 ** i, 0),
  ],
};

const options = { population: 24, generations: 120, seed: 4 };

describe("searchFront", () => {
  it("finds the whole front of leading ones and trailing zeros", async () => {
    const front = await finish(searchFront(leadingAndTrailing, options));
    const found = front.map(({ genome }) => genome.join("")).sort();
    const expected = Array.from({ length: BITS + 1 }, (_, ones) =>
      "1".repeat(ones).padEnd(BITS, "0"),
    );
    expect(found).toEqual(expected);
  });

  it("finds the whole front of size against value", async () => {
    const front = await finish(searchFront(knapsack, options));
    const found = front.map(({ genome }) => genome.join("")).sort();
    const expected = Array.from({ length: BITS + 1 }, (_, ones) =>
      "1".repeat(ones).padStart(BITS, "0"),
    );
    expect(found).toEqual(expected);
  });

  it("repeats itself for the same seed", async () => {
    const few = { ...options, generations: 5 };
    const first = await finish(searchFront(leadingAndTrailing, few));
    expect(await finish(searchFront(leadingAndTrailing, few))).toEqual(first);
  });

  it("gives back only allowed strings", async () => {
    const odd: BitProblem = {
      ...knapsack,
      repair: (genome) => {
        if (genome.reduce((sum, bit) => sum + bit, 0) % 2 === 0) genome[0] = 1 - genome[0]!;
      },
    };
    for (const { genome } of await finish(searchFront(odd, options))) {
      expect(genome.reduce((sum, bit) => sum + bit, 0) % 2).toBe(1);
    }
  });

  it("refuses a population of one", async () => {
    const search = searchFront(knapsack, { ...options, population: 1 });
    await expect(finish(search)).rejects.toMatchObject({ code: "bad_parameter" });
  });
});
