import type { Database } from "../store/database";

/** Work for the dock to do when nobody waits for it, in the order in which jobs were asked for. */
export type JobKind = "re-estimate" | "collect";

export interface Job {
  readonly number: string;
  readonly kind: JobKind;
  /** What it is about: an island or a learnware, by id. */
  readonly subject: string;
  readonly attempts: number;
}

/** After so many attempts a job is left alone, with its problem noted, until it is asked for again. */
const MOST_ATTEMPTS = 5;

/**
 * Jobs in the database, taken by one dock at a time. A dock that dies while it has a job loses it
 * when the lease ends, so a job may run twice, and must not mind.
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
       on conflict (kind, subject) where taken_until is null do nothing`,
      [kind, subject, delayMs],
    );
  }

  /** The next job that is due, for so long. */
  async take(leaseMs: number): Promise<Job | null> {
    const [job] = await this.#database.query<Job>(
      `update job set taken_until = now() + $1 * interval '1 millisecond', attempts = attempts + 1
       where number = (
         select number from job
         where run_after <= now() and attempts < $2 and (taken_until is null or taken_until < now())
         order by run_after, number limit 1 for update skip locked)
       returning number::text as number, kind, subject, attempts`,
      [leaseMs, MOST_ATTEMPTS],
    );
    return job ?? null;
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
  async fail({ number, attempts }: Job, problem: string): Promise<void> {
    await this.#database.query(
      `update job set taken_until = now(), problem = $3,
         run_after = now() + interval '1 second' * 2 ^ attempts
       where number = $1 and attempts = $2`,
      [number, attempts, problem],
    );
  }
}
