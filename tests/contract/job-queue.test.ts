import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { JobQueue } from "../../src/dock/jobs/job-queue";
import type { Database } from "../../src/dock/storage/database/database";
import { migrate } from "../../src/dock/storage/sql/migrate";
import { databases } from "../fixtures/databases";

const MINUTE = 60_000;

describe.each(databases)("JobQueue on $name", ({ open }) => {
  let database: Database;
  /** Of two docks. */
  let one: JobQueue;
  let other: JobQueue;
  beforeAll(async () => {
    database = await open();
    await migrate(database);
    one = new JobQueue(database);
    other = new JobQueue(database);
  });
  afterAll(async () => database.close());
  beforeEach(() => database.script("delete from job"));

  const jobs = () =>
    database.query<{ subject: string; attempts: number; problem: string | null; wait: number }>(
      `select subject, attempts, problem, extract(epoch from run_after - now())::float8 as wait
       from job order by number`,
    );
  const endLeases = () => database.script("update job set taken_until = now() - interval '1 s'");
  const endWaits = () => database.script("update job set run_after = now() - interval '1 s'");

  test("keeps one waiting job of a kind and subject, however often it is asked for", async () => {
    await Promise.all(
      [one, other, one, other].map((queue) => queue.ask("re-estimate", "houses", 1)),
    );
    await one.ask("collect", "houses");
    expect(await jobs()).toHaveLength(2);
  });

  test("gives jobs out in the order in which they fall due, and none before", async () => {
    await one.ask("re-estimate", "later", MINUTE);
    await one.ask("re-estimate", "first");
    await one.ask("re-estimate", "second");
    expect(await one.take(MINUTE)).toMatchObject({ subject: "first", attempts: 1 });
    expect(await other.take(MINUTE)).toMatchObject({ subject: "second" });
    expect(await one.take(MINUTE)).toBeNull();
  });

  test("gives every job to one dock only, however many want it", async () => {
    const subjects = Array.from({ length: 12 }, (_, i) => `island-${i}`);
    for (const subject of subjects) await one.ask("re-estimate", subject);
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).take(MINUTE)),
    );
    const found = taken.flatMap((job) => (job ? [job.subject] : []));
    expect(found.sort()).toEqual(subjects.sort());
  });

  test("lets a job wait that is asked for while it runs, until it has run", async () => {
    await one.ask("re-estimate", "houses");
    const running = (await one.take(MINUTE))!;
    await one.ask("re-estimate", "houses");
    expect(await other.take(MINUTE)).toBeNull();
    await one.finish(running);
    expect(await other.take(MINUTE)).toMatchObject({ subject: "houses", attempts: 1 });
  });

  test("gives the job of a dock that died to another when its lease ends", async () => {
    await one.ask("re-estimate", "houses");
    const lost = (await one.take(MINUTE))!;
    await endLeases();
    expect(await one.extend(lost, MINUTE)).toBe(false);
    const taken = (await other.take(MINUTE))!;
    expect(taken).toMatchObject({ number: lost.number, attempts: 2 });
    expect(await one.extend(lost, MINUTE)).toBe(false);
    await one.finish(lost);
    await one.fail(lost, "Late");
    expect(await other.extend(taken, MINUTE)).toBe(true);
    await other.finish(taken);
    expect(await jobs()).toEqual([]);
  });

  test("tries a job that failed again after 2, 4, 8 and 16 seconds, then leaves it alone", async () => {
    await one.ask("re-estimate", "houses");
    for (let attempt = 1; attempt <= 5; attempt++) {
      const job = (await one.take(MINUTE))!;
      await one.fail(job, "TypeError");
      const [left] = await jobs();
      expect(left).toMatchObject({ attempts: attempt, problem: "TypeError" });
      expect(left!.wait).toBeGreaterThan(2 ** attempt - 1);
      expect(left!.wait).toBeLessThanOrEqual(2 ** attempt);
      expect(await one.take(MINUTE)).toBeNull();
      await endWaits();
    }
    expect(await one.take(MINUTE)).toBeNull();
    await one.ask("re-estimate", "houses");
    expect(await one.take(MINUTE)).toMatchObject({ attempts: 1 });
  });

  test("keeps one waiting job when one fails that was asked for again meanwhile", async () => {
    await one.ask("re-estimate", "houses");
    const failing = (await one.take(MINUTE))!;
    await one.ask("re-estimate", "houses");
    await one.fail(failing, "TypeError");
    await one.ask("re-estimate", "houses");
    expect(await jobs()).toMatchObject([{ attempts: 1, problem: "TypeError" }]);
  });

  test("takes a job back that was not done, without counting the attempt", async () => {
    await one.ask("re-estimate", "houses");
    await one.release((await one.take(MINUTE))!);
    expect(await other.take(MINUTE)).toMatchObject({ attempts: 1 });
  });
});
