import { expect, test } from "vitest";

import { type Hits, privateHits } from "../../../../../fixtures/private-market";

const EPSILONS = [0.5, 1, 2, 4, null] as const;

/** Of sixty searches, three either way are chance. */
const CHANCE = 0.05;

test("a private search finds more, the more rows and the larger ε", async () => {
  const [few, some, many] = (await Promise.all(
    [200, 1000, 5000].map((n) => privateHits(n, EPSILONS)),
  )) as [Hits[], Hits[], Hits[]];
  for (const metric of ["top1", "top5"] as const) {
    for (const row of [few, some, many]) {
      row.slice(1).forEach((hits, i) => {
        expect(hits[metric]).toBeGreaterThanOrEqual(row[i]![metric] - CHANCE);
      });
    }
    EPSILONS.forEach((_, i) => {
      expect(some[i]![metric]).toBeGreaterThanOrEqual(few[i]![metric] - CHANCE);
      expect(many[i]![metric]).toBeGreaterThanOrEqual(some[i]![metric] - CHANCE);
    });
  }
});
