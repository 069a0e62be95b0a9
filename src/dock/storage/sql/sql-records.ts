/** @file What a database says of learnwares as their records say it, and back. */

import type { Database } from "../database/database";
import { LearnwareRecord } from "../records/learnware-record";
import { inUtc } from "./in-utc";

const record = `select l.id, l.origin, l.island_id as "islandId", l.owner_id as "ownerId",
    ${inUtc("l.deleted_at")} as "deletedAt",
    (select jsonb_agg(jsonb_build_object('sha256', v.sha256, 'at', ${inUtc("v.created_at")})
       order by v.version) from learnware_version v where v.number = l.number) as versions
  from learnware l`;

/** Reads the records of learnwares from a database, removed ones included. */
export class SqlRecords {
  readonly #database: Pick<Database, "query">;

  constructor(database: Pick<Database, "query">) {
    this.#database = database;
  }

  /** Those of the ids that exist, in no particular order. */
  find(ids: readonly string[]): Promise<LearnwareRecord[]> {
    return this.#read("where l.id = any($1::text[])", [ids]);
  }

  /** In the order of their ids, from after one on. */
  page(after: string, limit: number): Promise<LearnwareRecord[]> {
    return this.#read("where l.id > $1 order by l.id limit $2", [after, limit]);
  }

  /** Ids of learnwares that are there now as this package. */
  async idsOfPackage(sha256: string): Promise<string[]> {
    const rows = await this.#database.query<{ id: string }>(
      `select l.id from learnware l join learnware_version v using (number, version)
       where v.sha256 = $1 and l.deleted_at is null order by l.id`,
      [sha256],
    );
    return rows.map(({ id }) => id);
  }

  /** Ids of all that live on an island, or were removed from it. */
  async idsOn(islandId: string): Promise<string[]> {
    return this.#ids("island_id = $1", islandId);
  }

  /** Ids of all that were removed before then. */
  async idsRemovedBefore(then: Date): Promise<string[]> {
    return this.#ids("deleted_at < $1::timestamptz", then.toISOString());
  }

  /** Sets when learnwares were put, version by version, and when they were removed, to what records say. */
  async restamp(records: readonly LearnwareRecord[]): Promise<void> {
    const versions = records.flatMap(({ id, versions }) =>
      versions.map(({ at }, i) => ({ id, version: i + 1, at })),
    );
    await this.#database.query(
      `update learnware_version v set created_at = r.at
       from jsonb_to_recordset($1::jsonb) as r (id text, version int, at timestamptz)
       join learnware l using (id) where v.number = l.number and v.version = r.version`,
      [JSON.stringify(versions)],
    );
    await this.#database.query(
      `update learnware l set owner_id = (select a.id from account a where a.id = r."ownerId"),
         created_at = (r.versions -> 0 ->> 'at')::timestamptz,
         updated_at = (r.versions -> -1 ->> 'at')::timestamptz,
         deleted_at = case when l.deleted_at is null then null else r."deletedAt" end
       from jsonb_to_recordset($1::jsonb) as r (id text, versions jsonb, "deletedAt" timestamptz, "ownerId" text)
       where l.id = r.id`,
      [JSON.stringify(records)],
    );
  }

  async #read(where: string, values: (string | number | readonly string[])[]) {
    const rows = await this.#database.query(`${record} ${where}`, values);
    return rows.map((row) => LearnwareRecord.parse(row));
  }

  async #ids(where: string, value: string): Promise<string[]> {
    const rows = await this.#database.query<{ id: string }>(
      `select id from learnware where ${where} order by id`,
      [value],
    );
    return rows.map(({ id }) => id);
  }
}
