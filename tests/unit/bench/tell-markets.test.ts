import { expect, test, vi } from "vitest";

import { MarketTally } from "../../bench/classes/tell-markets";

test("where the best learnware is always right, no way is measured by its loss, and it is said why", () => {
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void said.push(String(line)));
  try {
    const tally = new MarketTally();
    tally.add("made-up", [{ "0/best": 1, "10/own-model": 0.9, "0/own-first": 1 }]);
    const figures = tally.tell();
    expect(figures.map(({ metric }) => metric)).toEqual(["accuracy", "accuracy", "share"]);
  } finally {
    vi.restoreAllMocks();
  }
  const all = said.join("\n");
  expect(all).not.toMatch(/NaN|Infinity/);
  expect(all).toContain("the best learnware is always right");
});
