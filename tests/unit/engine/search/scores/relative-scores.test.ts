import fc from "fast-check";
import { expect, test } from "vitest";

import {
  countShown,
  liftLone,
  scoresOfDistances,
} from "../../../../../src/engine/search/scores/relative-scores";
import { readGolden } from "../../../../fixtures/golden/read-golden";

interface Case {
  readonly dists: number[];
  readonly scores: number[];
  readonly "kept_after_filter_0.6": number;
}

const { cases } = readGolden("search_score_conversion") as { readonly cases: readonly Case[] };

test.for(cases)("$dists get the package's scores", ({ dists, scores, ...golden }) => {
  const ours = scoresOfDistances(dists);
  expect(ours).toHaveLength(scores.length);
  ours.forEach((score, i) => expect(Math.abs(score - scores[i]!)).toBeLessThanOrEqual(1e-12));
  expect(countShown(ours)).toBe(golden["kept_after_filter_0.6"]);
});

test("whatever the distances, the best gets 0.92 or more and the farthest nothing", () => {
  // Of numbers next to zero there are too few to share one out.
  const distance = fc.double({ min: 0, max: 2, noNaN: true }).map((d) => (d < 1e-300 ? 0 : d));
  const distances = fc.array(distance, { minLength: 2 });
  fc.assert(
    fc.property(distances, (values) => {
      const scores = scoresOfDistances(values);
      expect(Math.max(...scores)).toBeGreaterThan(0.92 - 1e-9);
      expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
      if (new Set(values).size > 1) expect(Math.min(...scores)).toBe(0);
    }),
    { examples: [[[1.9999999971641726, 1.999999938998371]]] },
  );
});

test("a lone result is lifted to 0.6 and the mixture with it, to 1 at most", () => {
  expect(liftLone([0.5], 0.7)).toEqual({ shown: [0.6], mixture: 0.84 });
  expect(liftLone([0], 0.92)).toEqual({ shown: [0.6], mixture: 1 });
  expect(liftLone([0.5], null)).toEqual({ shown: [0.6], mixture: null });
  expect(liftLone([0.7], 0.92)).toEqual({ shown: [0.7], mixture: 0.92 });
  expect(liftLone([0.5, 0.4], 0.92)).toEqual({ shown: [0.5, 0.4], mixture: 0.92 });
  expect(liftLone([], null)).toEqual({ shown: [], mixture: null });
});
