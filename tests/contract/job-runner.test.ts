import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { JobQueue } from "../../src/dock/jobs/job-queue";
import { type JobContext, JobRunner } from "../../src/dock/jobs/job-runner";
import type { Database } from "../../src/dock/storage/database/database";
import { migrate } from "../../src/dock/storage/sql/migrate";
import { databases } from "../fixtures/databases";

describe.each(databases)("JobRunner on $name", ({ open }) => {
  let database: Database;
  let queue: JobQueue;
  let runner: JobRunner | undefined;
  const bugs: unknown[] = [];
  beforeAll(async () => {
    database = await open();
    await migrate(database);
    queue = new JobQueue(database);
  });
  afterAll(async () => database.close());
  beforeEach(async () => {
    await database.script("delete from job");
    bugs.length = 0;
  });
  afterEach(() => runner?.stop());

  const start = (work: (subject: string, context: JobContext) => Promise<void>) => {
    const log = { info: () => undefined, error: (bug: unknown) => void bugs.push(bug) };
    runner = new JobRunner(
      queue,
      { "re-estimate": work, collect: work, "draw-chart": work, "mark-redundant": work },
      log,
    );
    return runner;
  };
  const jobs = () => database.query("select subject, attempts, problem from job");

  test("does every job that is asked for, one after the other", async () => {
    const done: string[] = [];
    let running = 0;
    for (const subject of ["a", "b", "c"]) await queue.ask("re-estimate", subject);
    start(async (subject, { keep }) => {
      expect(++running).toBe(1);
      await keep();
      running--;
      done.push(subject);
    });
    await vi.waitFor(() => expect(done).toEqual(["a", "b", "c"]));
    await vi.waitFor(async () => expect(await jobs()).toEqual([]));
  });

  test("logs a job that fails without its message, puts it back and goes on", async () => {
    await queue.ask("re-estimate", "bad");
    await queue.ask("collect", "good");
    const done = new Promise<string>((resolve) => {
      start((subject) => {
        if (subject === "bad") throw new RangeError("secret");
        resolve(subject);
        return Promise.resolve();
      });
    });
    expect(await done).toBe("good");
    await vi.waitFor(async () =>
      expect(await jobs()).toEqual([{ subject: "bad", attempts: 1, problem: "RangeError" }]),
    );
    expect(bugs).toMatchObject([{ bug: "RangeError" }]);
    expect(JSON.stringify(bugs)).not.toContain("secret");
  });

  test("stops a job where it lets go, and leaves it to whoever comes next", async () => {
    await queue.ask("re-estimate", "long");
    const started = new Promise<void>((resolve) => {
      start(async (_, { keep }) => {
        for (;;) {
          await keep();
          resolve();
        }
      });
    });
    await started;
    await runner!.stop();
    expect(await jobs()).toEqual([{ subject: "long", attempts: 0, problem: null }]);
    expect(bugs).toEqual([]);
  });

  test("stops a job that another dock has taken over, and leaves it to that one", async () => {
    await queue.ask("re-estimate", "slow");
    const thrown = new Promise((resolve) => {
      start(async (_, { keep }) => {
        await database.script("update job set taken_until = now() - interval '1 s'");
        expect(await queue.take(60_000)).toMatchObject({ subject: "slow", attempts: 2 });
        await keep().catch((error: unknown) => {
          resolve(error);
          throw error;
        });
      });
    });
    expect(await thrown).toMatchObject({ code: "aborted" });
    await runner!.stop();
    expect(await jobs()).toEqual([{ subject: "slow", attempts: 2, problem: null }]);
    expect(bugs).toEqual([]);
  });

  test("goes on when the database is back", async () => {
    await database.script("alter table job rename to away");
    const done = new Promise<string>((resolve) => {
      start(async (subject) => resolve(subject));
    });
    await vi.waitFor(() => expect(bugs).toHaveLength(1));
    await database.script("alter table away rename to job");
    await queue.ask("collect", "dock");
    expect(await done).toBe("dock");
  });
});
