import { recordOf } from "../accounts/account-rows";
import { Space } from "../../engine/kinds/space-schema";
import type { Database, Sql } from "../storage/database/database";
import { IslandRecord } from "../storage/records/island-record";
import type { RecordKinds } from "../storage/records/record-files";
import { SqlRecords } from "../storage/sql/sql-records";
import { keptSubmissions } from "../storage/submissions/submissions";
import { type BackupKind, DayCount } from "./backup-format";

/** Told each record. */
export interface SnapshotReader {
  record<Kind extends BackupKind>(kind: Kind, value: RecordKinds[Kind]): Promise<void>;
  uses(count: DayCount): Promise<void>;
  /** Of what is in the database and is no record. */
  problem(what: string): void;
}

/** Rows at once. */
const PAGE = 500;

/**
 * Read all that must outlive a database, as it is at one moment. Nothing is written to it meanwhile by the embedded
 * database, which has one connection; a server goes on.
 */
export async function readSnapshot(database: Database, reader: SnapshotReader): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.script("set transaction isolation level repeatable read, read only");
    await tx.script("set local statement_timeout = 0");
    await readSpaces(tx, reader);
    await readLearnwares(tx, reader);
    await readPeople(tx, reader);
    await readUses(tx, reader);
  });
}

async function readSpaces(tx: Sql, reader: SnapshotReader): Promise<void> {
  const spaces = await tx.query<{ name: string; document: unknown }>(
    `select space_id || '@' || version as name, document from space_version
     where state <> 'building' order by space_id, version`,
  );
  for (const { name, document } of spaces) {
    const space = Space.safeParse(document);
    if (space.success) await reader.record("spaces", space.data);
    else reader.problem(`the space ${name} cannot be read`);
  }
  const islands = await tx.query<{ id: string }>(
    `select id, name, description, question, space_id as "spaceId" from island order by id`,
  );
  for (const row of islands) {
    const island = IslandRecord.safeParse(row);
    if (island.success) await reader.record("islands", island.data);
    else reader.problem(`the island ${row.id} cannot be read`);
  }
}

async function readLearnwares(tx: Sql, reader: SnapshotReader): Promise<void> {
  const records = new SqlRecords(tx);
  for (let after = ""; ;) {
    const page = await records.page(after, PAGE);
    for (const record of page) await reader.record("learnwares", record);
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function readPeople(tx: Sql, reader: SnapshotReader): Promise<void> {
  for (const { id } of await tx.query<{ id: string }>("select id from account order by id")) {
    const account = await recordOf(tx, id);
    if (account) await reader.record("accounts", account);
  }
  for (let after = 0; ;) {
    const page = await keptSubmissions(tx, after, PAGE);
    for (const submission of page) await reader.record("submissions", submission);
    const last = page.at(-1);
    if (!last) return;
    after = last.number;
  }
}

async function readUses(tx: Sql, reader: SnapshotReader): Promise<void> {
  let after = ["0001-01-01", "", ""];
  for (;;) {
    const rows = await tx.query(
      `select day::text as day, kind, learnware_id as "learnwareId", count::float8 as count from use_count
       where (day, kind, learnware_id) > ($1::date, $2, $3) order by day, kind, learnware_id limit ${PAGE}`,
      after,
    );
    const page = rows.map((row) => DayCount.parse(row));
    for (const count of page) await reader.uses(count);
    const last = page.at(-1);
    if (!last) return;
    after = [last.day, last.kind, last.learnwareId];
  }
}
