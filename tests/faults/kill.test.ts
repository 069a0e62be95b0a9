import { randomInt } from "node:crypto";

import { expect, test } from "vitest";

import { intakeTarget } from "./intake-target";
import { runRounds, type Target } from "./rounds";
import { sharingTarget } from "./sharing-target";
import { pgliteTarget, postgresTarget } from "./store-targets";

/** `npm run test:faults` has the long version. */
async function survives(target: Target, rounds: number): Promise<void> {
  const seed = randomInt(1e6);
  const { losses } = await runRounds(target, rounds, seed);
  expect(losses, `seed ${seed}`).toEqual([]);
  await target.remove();
}

test("A store on PGlite loses nothing and shows nothing half-done when its dock is killed", async () => {
  await survives(await pgliteTarget(), 3);
});

test.skipIf(process.env["TEST_DATABASE_URL"])(
  "A store on PostgreSQL loses nothing and shows nothing half-done when dock or server is killed",
  async ({ skip }) => {
    const target = await postgresTarget().catch((error: unknown) => {
      if (process.env["CI"] || process.env["BERTH_REQUIRE_POSTGRES"]) throw error;
      skip(String(error));
    });
    if (target) await survives(target, 3);
  },
);

test("An embedded dock loses no package that it accepted when it is killed", async () => {
  await survives(await intakeTarget(), 3);
});

test("What was handed in to a dock is verified once, and half an upload vanishes, when it is killed", async () => {
  await survives(await sharingTarget(), 3);
});
