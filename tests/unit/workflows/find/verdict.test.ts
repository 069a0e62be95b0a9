import { expect, test } from "vitest";

import { TEXT_SPACES } from "../../../../src/engine/kinds/text/spaces";
import { closeness, isNear, leastFit, verdictOf } from "../../../../src/workflows/find/verdict";
import { island } from "../../app/fakes";

const fitOf = (similarity: number, coverage = 1) => ({ mmd2: 0.1, similarity, coverage });

test("texts need to be less alike than tables, as their similarity leaves out what all have in common", () => {
  expect(isNear(fitOf(0.55), TEXT_SPACES.english)).toBe(true);
  expect(isNear(fitOf(0.55), island.space)).toBe(false);
  expect(isNear(fitOf(0.45), TEXT_SPACES.english)).toBe(false);
  expect(closeness(fitOf(0.72), TEXT_SPACES.any)).toBe("close");
  expect(closeness(fitOf(0.72), island.space)).toBe("some");
});

test("what is asked of a learnware is told with the verdict, and holds for coverage everywhere", () => {
  for (const space of [TEXT_SPACES.english, island.space]) {
    expect(isNear(fitOf(0.99, 0.2), space)).toBe(false);
    const offers = [{ recommended: false, fit: fitOf(0.2) }];
    const verdict = verdictOf(offers, { found: 1, total: 1 }, space);
    expect(verdict).toMatchObject({ code: "nothing_fits", least: leastFit(space) });
  }
});
