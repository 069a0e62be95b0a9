import type { Database } from "../storage/database/database";

/** Work for the dock to do when nobody waits for it, in the order in which jobs were asked for. */
export const JOB_KINDS = [
  "re-estimate",
  "collect",
  "mark-redundant",
  "draw-chart",
  "verify",
  "backup",
  "restore",
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export interface Job {
  readonly number: string;
  readonly kind: JobKind;
  /** What it is about: an island, a space or the dock, by id, or a submission, by number. */
  readonly subject: string;
  readonly attempts: number;
}

/** A job that was given up. */
export interface LeftJob extends Job {
  /** The name of what went wrong last. */
  readonly problem: string | null;
}

/** After so many attempts a job is left alone, with its problem noted, until it is asked for again. */
const MOST_ATTEMPTS = 5;

/** So that two docks never find the same subject free, nor leave two jobs of it waiting. */
const alone = "lock table job in share row exclusive mode";

/**
 * Jobs in the database, taken by one dock at a time. A dock that dies while it has a job loses it
 * when the lease ends, so a job may run twice, and must not mind. Of one kind and subject never two
 * run at once.
 */
export class JobQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Ask for a job; one that waits already is enough. */
  async ask(kind: JobKind, subject: string, delayMs = 0): Promise<void> {
    await this.#database.query(
      `insert into job (kind, subject, run_after)
       values ($1, $2, now() + $3 * interval '1 millisecond')
       on conflict (kind, subject) where taken_until is null
       do update set run_after = excluded.run_after, attempts = 0 where job.attempts >= $4`,
      [kind, subject, delayMs, MOST_ATTEMPTS],
    );
  }

  /** The next job of these kinds that is due, for so long. */
  async take(leaseMs: number, kinds: readonly JobKind[] = JOB_KINDS): Promise<Job | null> {
    return this.#database.transaction(async (tx) => {
      await tx.script(alone);
      const [job] = await tx.query<Job>(
        `update job set taken_until = clock_timestamp() + $1 * interval '1 millisecond',
           attempts = attempts + 1
         where number = (
           select due.number from job due
           where run_after <= now() and attempts < $2 and kind = any($3::text[]) and ${isFree("due")}
             and not exists (select 1 from job other where other.kind = due.kind
               and other.subject = due.subject and not ${isFree("other")})
           order by run_after, number limit 1)
         returning number::text as number, kind, subject, attempts`,
        [leaseMs, MOST_ATTEMPTS, kinds],
      );
      return job ?? null;
    });
  }

  /** Begins a job that nobody asked for, at once, in place of one that whoever had it has left. */
  async begin(kind: JobKind, subject: string, leaseMs: number): Promise<Job> {
    return this.#database.transaction(async (tx) => {
      await tx.query(`delete from job where kind = $1 and subject = $2 and ${isFree("job")}`, [
        kind,
        subject,
      ]);
      const [job] = await tx.query<Job>(
        `insert into job (kind, subject, taken_until, attempts)
         values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond', 1)
         returning number::text as number, kind, subject, attempts`,
        [kind, subject, leaseMs],
      );
      return job!;
    });
  }

  /** Whether somebody is at a job of this kind, of whatever subject. */
  async isRunning(kind: JobKind): Promise<boolean> {
    const found = await this.#database.query(
      `select 1 from job where kind = $1 and not ${isFree("job")} limit 1`,
      [kind],
    );
    return found.length > 0;
  }

  /** Whether there is a job of this kind, whatever has become of whoever had it. */
  async has(kind: JobKind): Promise<boolean> {
    const found = await this.#database.query("select 1 from job where kind = $1 limit 1", [kind]);
    return found.length > 0;
  }

  /** How many there are of each kind that wait or are being done. */
  async counts(): Promise<{ value: JobKind; count: number }[]> {
    return this.#database.query(
      `select kind as value, count(*)::int as count from job
       where attempts < $1 or not ${isFree("job")} group by kind order by count desc, kind`,
      [MOST_ATTEMPTS],
    );
  }

  /** Those that were tried too often and are left alone until somebody asks for them again, oldest first. */
  async left(): Promise<LeftJob[]> {
    return this.#database.query<LeftJob>(
      `select number::text as number, kind, subject, attempts, problem from job
       where attempts >= $1 and ${isFree("job")} order by number limit 1000`,
      [MOST_ATTEMPTS],
    );
  }

  /** Ask again for one of those. @returns False if it is none of them. */
  async retry(number: string): Promise<boolean> {
    const found = await this.#database.query(
      `update job set attempts = 0, problem = null, run_after = now()
       where number = $1 and attempts >= $2 and ${isFree("job")} returning 1`,
      [number, MOST_ATTEMPTS],
    );
    return found.length > 0;
  }

  /** @returns False if the lease had ended, so that another dock may have the job. */
  async extend({ number, attempts }: Job, leaseMs: number): Promise<boolean> {
    const held = await this.#database.query(
      `update job set taken_until = now() + $3 * interval '1 millisecond'
       where number = $1 and attempts = $2 and taken_until > now() returning 1`,
      [number, attempts, leaseMs],
    );
    return held.length > 0;
  }

  async finish({ number, attempts }: Job): Promise<void> {
    await this.#database.query("delete from job where number = $1 and attempts = $2", [
      number,
      attempts,
    ]);
  }

  /** Put a job back, to be tried again after a while that doubles each time. */
  async fail(job: Job, problem: string): Promise<void> {
    await this.#putBack(job, { attempts: job.attempts, problem, waitMs: 1000 * 2 ** job.attempts });
  }

  /** Put a job back as if it had never been taken. */
  async release(job: Job): Promise<void> {
    await this.#putBack(job, { attempts: job.attempts - 1, problem: null, waitMs: 0 });
  }

  /** It takes the place of one that was asked for meanwhile. */
  async #putBack(
    { number, attempts, kind, subject }: Job,
    left: { attempts: number; problem: string | null; waitMs: number },
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.script(alone);
      const [held] = await tx.query("select 1 from job where number = $1 and attempts = $2", [
        number,
        attempts,
      ]);
      if (!held) return;
      await tx.query("delete from job where kind = $1 and subject = $2 and taken_until is null", [
        kind,
        subject,
      ]);
      await tx.query(
        `update job set taken_until = null, attempts = $2, problem = $3,
           run_after = now() + $4 * interval '1 millisecond'
         where number = $1`,
        [number, left.attempts, left.problem, left.waitMs],
      );
    });
  }
}

/** Whether a row of `job` is nobody's: it waits, or whoever took it has died. */
function isFree(row: string): string {
  return `(${row}.taken_until is null or ${row}.taken_until < now())`;
}
