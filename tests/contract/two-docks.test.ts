import { randomInt } from "node:crypto";

import { describe, expect, test } from "vitest";

import { JobQueue } from "../../src/dock/jobs/job-queue";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { Child } from "../faults/child";
import { brokenIn } from "../faults/integrity";
import type { RivalOrder, RivalReport } from "../faults/rival.process";
import { island } from "../fixtures/learnwares";
import { freshDatabase, hasPostgres } from "../postgres/fresh-database";

const islands = ["left", "right"];
const JOBS = 40;

/** A dock in a process of its own, until it has reported. */
async function rival(order: RivalOrder): Promise<RivalReport> {
  let report: RivalReport | undefined;
  const child = new Child<RivalReport>("rival.process.ts", (said) => (report = said));
  child.tell(order);
  expect(await child.ended()).toBe(0);
  return report!;
}

describe.skipIf(!hasPostgres)("Two docks on one PostgreSQL", () => {
  test("write, remove, move, republish and search at once, each answer from a consistent state", async () => {
    const url = await freshDatabase();
    const database = await PostgresDatabase.open({ url });
    const store = await SqlStore.open(database);
    for (const id of islands) await store.putSpace({ ...island, id });
    const queue = new JobQueue(database);
    for (let i = 0; i < JOBS; i++) await queue.ask("re-estimate", `island-${i}`);

    const seed = randomInt(1e6);
    const reports = await Promise.all(
      ["one", "two"].map((name, i) =>
        rival({ url, name, seed: seed + 100 * i, forMs: 4000, islands }),
      ),
    );

    for (const { done, wrong } of reports) {
      expect(wrong, `seed ${seed}`).toEqual([]);
      expect(Object.keys(done).sort()).toEqual(["contend", "republish", "search", "take", "write"]);
    }
    expect(await brokenIn(database)).toEqual([]);
    for (const [id, at] of reports.flatMap(({ own }) => own)) {
      const card = await store.find(id);
      expect(card && { islandId: card.islandId, sha256: card.sha256 }).toEqual(at);
    }
    const taken = reports.flatMap(({ jobs }) => jobs);
    expect(taken).toHaveLength(JOBS);
    expect(new Set(taken).size).toBe(JOBS);
    await store.close();
  });
});
