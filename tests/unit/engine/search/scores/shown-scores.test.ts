import { describe, expect, test } from "vitest";

import {
  withCompatScores,
  withoutScores,
} from "../../../../../src/engine/search/scores/shown-scores";

const single = (id: string, mmd2: number, coveredBy: string | null = null) => ({
  id,
  mmd2,
  coveredBy,
});

describe("scores of search results", () => {
  test("are in [0, 1], and only results from 0.6 on are shown", () => {
    const { singles } = withCompatScores(
      [single("a", 0.1), single("b", 0.2), single("c", 0.9), single("d", 1)],
      null,
    );
    expect(singles.map(({ id }) => id)).toEqual(["a", "b"]);
    for (const { score } of singles) {
      expect(score).toBeGreaterThanOrEqual(0.6);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  test("leave redundant results behind the others", () => {
    const { singles } = withCompatScores(
      [single("b", 0.2), single("a", 0.1, "b"), single("z", 1)],
      null,
    );
    expect(singles.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(singles[1]!.score).toBeGreaterThan(singles[0]!.score!);
  });

  test("leave a mixture out that shows no other percentage than the best", () => {
    const singles = [single("a", 0.1), single("z", 1)];
    expect(withCompatScores(singles, { mmd2: 0.1 }).mixture).toBeNull();
    expect(withCompatScores(singles, { mmd2: 0.01 }).mixture?.score).toBeGreaterThan(0.9);
  });

  test("of nothing are nothing", () => {
    expect(withCompatScores([], null)).toEqual({ singles: [], mixture: null });
  });

  test("that were not asked for are null", () => {
    const plain = withoutScores([single("a", 0.1)], { mmd2: 0 });
    expect(plain).toEqual({
      singles: [{ ...single("a", 0.1), score: null }],
      mixture: { mmd2: 0, score: null },
    });
  });
});
