import type { LearnwareEdit } from "../../../contracts/http/my-api";
import { AppError } from "../../../contracts/outcome";
import type { Check } from "../../../engine/verify/check";
import type { BlobInfo } from "../blobs/blob-store";
import type { Database, Sql } from "../database/database";
import { inUtc } from "../sql/in-utc";
import { KeptSubmission } from "./kept-submission";

export interface SubmissionRecord extends BlobInfo {
  readonly number: number;
  readonly ownerId: string;
  /** Null until the dock has chosen one. */
  readonly learnwareId: string | null;
  readonly islandId: string | null;
  readonly edit: LearnwareEdit | null;
  readonly state: "waiting" | "running" | "verified" | "refused";
  readonly checks: readonly Check[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewSubmissionRecord = Pick<
  SubmissionRecord,
  "ownerId" | "learnwareId" | "islandId" | "edit" | "sha256" | "sizeBytes"
>;

/** Told what there is to be kept of a submission by now. */
type KeepSubmission = (name: string, kept: KeptSubmission | null) => Promise<void>;

/** Submissions of one account that may wait at once. */
const MOST_OPEN = 50;

interface Row extends Omit<SubmissionRecord, "number" | "sizeBytes"> {
  readonly number: string;
  readonly sizeBytes: string;
}

const columns = `number::text as number, owner_id as "ownerId", learnware_id as "learnwareId", island_id as "islandId",
  sha256, size_bytes::text as "sizeBytes", edit, state, checks, created_at as "createdAt", updated_at as "updatedAt"`;
const open = "state in ('waiting', 'running')";

/** What people want the dock to take, and what came of it. */
export class Submissions {
  readonly #database: Database;
  readonly #keep: KeepSubmission | undefined;

  /** @param keep - Has put what it is told in a safe place when it resolves. */
  constructor(database: Database, keep?: KeepSubmission) {
    this.#database = database;
    this.#keep = keep;
  }

  /** @throws AppError `quota_full` if too many of the account wait. */
  async create(given: NewSubmissionRecord): Promise<SubmissionRecord> {
    const { ownerId, learnwareId, islandId, sha256, sizeBytes, edit } = given;
    const created = await this.#database.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(2, hashtext($1))", [ownerId]);
      const [held] = await tx.query<{ count: number }>(
        `select count(*)::int as count from submission where owner_id = $1 and ${open}`,
        [ownerId],
      );
      if (held && held.count >= MOST_OPEN) {
        const message = `an account may have ${MOST_OPEN} submissions waiting; wait for some of them`;
        throw new AppError("quota_full", message);
      }
      const [row] = await tx.query<Row>(
        `insert into submission (owner_id, learnware_id, island_id, sha256, size_bytes, edit, state)
         values ($1, $2, $3, $4, $5, $6::jsonb, 'waiting') returning ${columns}`,
        [ownerId, learnwareId, islandId, sha256, sizeBytes, edit && JSON.stringify(edit)],
      );
      return toRecord(row!);
    });
    await this.#record(created.number);
    return created;
  }

  /** @param number - Whatever was asked for: what numbers nothing finds nothing. */
  async find(number: number): Promise<SubmissionRecord | null> {
    if (!Number.isSafeInteger(number)) return null;
    const [row] = await this.#database.query<Row>(
      `select ${columns} from submission where number = $1`,
      [number],
    );
    return row ? toRecord(row) : null;
  }

  /** Newest first; of everybody unless told whose. */
  async list(ownerId: string | null, limit: number): Promise<SubmissionRecord[]> {
    const rows = await this.#database.query<Row>(
      `select ${columns} from submission where $1::text is null or owner_id = $1
       order by number desc limit $2`,
      [ownerId, limit],
    );
    return rows.map(toRecord);
  }

  /** Numbers of those of which nobody has said what comes of them. */
  async open(): Promise<number[]> {
    const rows = await this.#database.query<{ number: string }>(
      `select number::text as number from submission where ${open} order by number`,
    );
    return rows.map(({ number }) => Number(number));
  }

  /** One of the same zip that waits or runs. */
  async openOf(sha256: string): Promise<SubmissionRecord | null> {
    const [row] = await this.#database.query<Row>(
      `select ${columns} from submission where sha256 = $1 and ${open} limit 1`,
      [sha256],
    );
    return row ? toRecord(row) : null;
  }

  /** Notes how far one that is not over has come. */
  async note(
    number: number,
    state: SubmissionRecord["state"],
    checks: readonly Check[],
    learnwareId: string | null = null,
  ): Promise<void> {
    await this.#database.query(
      `update submission set state = $2, checks = $3::jsonb, updated_at = now(),
         learnware_id = coalesce($4, learnware_id)
       where number = $1 and ${open}`,
      [number, state, JSON.stringify(checks), learnwareId],
    );
    if (state !== "running") await this.#record(number);
  }

  async recordAll(): Promise<void> {
    for (let after = 0; ;) {
      const page = await keptSubmissions(this.#database, after, KEPT_PAGE);
      for (const kept of page) await this.#keep?.(String(kept.number), kept);
      const last = page.at(-1);
      if (!last) return;
      after = last.number;
    }
  }

  /** Puts one where there is none of its number. */
  async bringBack(kept: KeptSubmission): Promise<void> {
    const { number, ownerId, learnwareId, islandId, sha256, sizeBytes, edit, state } = kept;
    await this.#database.query(
      `insert into submission (number, owner_id, learnware_id, island_id, sha256, size_bytes, edit, state, checks,
         created_at, updated_at)
       overriding system value values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9::jsonb, $10::timestamptz, $11::timestamptz)`,
      [
        ...[number, ownerId, learnwareId, islandId, sha256, sizeBytes],
        ...[edit && JSON.stringify(edit), state, JSON.stringify(kept.checks)],
        ...[kept.createdAt, kept.updatedAt],
      ],
    );
    await this.#database.query(
      "select setval(pg_get_serial_sequence('submission', 'number'), (select max(number) from submission))",
    );
  }

  async #record(number: number): Promise<void> {
    if (!this.#keep) return;
    const [kept] = await keptSubmissions(this.#database, number - 1, 1);
    if (kept?.number === number) await this.#keep(String(number), kept);
  }
}

const KEPT_PAGE = 500;

/** What is to be kept of them, in the order of their numbers, from after one on. */
export async function keptSubmissions(
  sql: Pick<Sql, "query">,
  after: number,
  limit: number,
): Promise<KeptSubmission[]> {
  const rows = await sql.query(
    `select number::int8::float8 as number, owner_id as "ownerId", learnware_id as "learnwareId", island_id as "islandId",
       sha256, size_bytes::float8 as "sizeBytes", edit, case state when 'running' then 'waiting' else state end as state,
       case state when 'running' then '[]'::jsonb else checks end as checks,
       ${inUtc("created_at")} as "createdAt", ${inUtc("updated_at")} as "updatedAt"
     from submission where number > $1 order by number limit $2`,
    [after, limit],
  );
  return rows.map((row) => KeptSubmission.parse(row));
}

function toRecord(row: Row): SubmissionRecord {
  return { ...row, number: Number(row.number), sizeBytes: Number(row.sizeBytes) };
}
