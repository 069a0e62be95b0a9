import { expect, test } from "vitest";

import { seededRandom } from "../../../../../src/engine/ground/random";
import { Smallest } from "../../../../../src/engine/search/sketches/smallest";

/** By sorting everything. */
function smallest(scores: readonly number[], limit: number): number[] {
  return scores
    .map((score, index) => ({ score, index }))
    .sort((a, b) => a.score - b.score || a.index - b.index)
    .slice(0, limit)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

test("keeps what sorting would put first, ties by index", () => {
  const random = seededRandom(1);
  for (const [size, limit, levels] of [
    [1, 1, 1],
    [5, 10, 3],
    [200, 1, 5],
    [200, 7, 5],
    [1000, 40, 12],
    [1000, 41, 1e9],
  ] as const) {
    const scores = Array.from({ length: size }, () => Math.floor(random() * levels));
    for (const ordered of [scores, scores.toSorted((a, b) => b - a), scores.map(() => 1)]) {
      const kept = new Smallest(limit);
      ordered.forEach((score, index) => kept.offer(score, index));
      expect([...kept.indices()]).toEqual(smallest(ordered, limit));
    }
  }
});

test("says below which score something has a chance", () => {
  const kept = new Smallest(2);
  kept.offer(3, 0);
  expect(kept.bound).toBe(Infinity);
  kept.offer(5, 1);
  expect(kept.bound).toBe(5);
  kept.offer(4, 2);
  expect(kept.bound).toBe(4);
});
