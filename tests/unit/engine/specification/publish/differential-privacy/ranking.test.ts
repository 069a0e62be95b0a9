import { expect, test } from "vitest";

import { type Hits, type NoisyForm, privateMarket } from "../../../../../fixtures/private-market";

const EPSILONS = [0.5, 2, null] as const;

/** Of sixty searches, three either way are chance. */
const CHANCE = 0.05;

test("a private search finds more, the more rows and the larger ε, and most on a book", async () => {
  const market = await privateMarket();
  const found: Record<NoisyForm, Hits[]>[] = [];
  for (const n of [200, 1000]) found.push(await market.hits(n, EPSILONS));
  market.close();
  const mean = (form: NoisyForm, metric: keyof Hits) =>
    found.flatMap((hits) => hits[form]).reduce((sum, hits) => sum + hits[metric], 0) /
    (found.length * EPSILONS.length);
  for (const metric of ["top1", "top5"] as const) {
    for (const form of ["features", "book"] as const) {
      const [few, some] = found.map((hits) => hits[form]) as [Hits[], Hits[]];
      for (const row of [few, some]) {
        row.slice(1).forEach((hits, i) => {
          expect(hits[metric]).toBeGreaterThanOrEqual(row[i]![metric] - CHANCE);
        });
      }
      EPSILONS.forEach((_, i) => {
        expect(some[i]![metric]).toBeGreaterThanOrEqual(few[i]![metric] - CHANCE);
      });
    }
    expect(mean("book", metric)).toBeGreaterThan(mean("features", metric));
    expect(mean("features", metric)).toBeGreaterThan(mean("histogram", metric));
  }
});
