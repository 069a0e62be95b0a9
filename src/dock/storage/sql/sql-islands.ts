/** @file Islands, their versions, and the tables that each version's specifications lie in. */

import { IslandSummary } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import { Space } from "../../../engine/kinds/table/space/space";
import type { Database, Sql } from "../database/database";
import type { SpaceVersion } from "../learnware-store";
import { createIndex, createTables, dropTables } from "./space-tables";
import { type VersionRow, toSpace } from "./sql-rows";

const summary = `
  select v.document, i.learnware_count, i.targets
  from island i join island_version v on v.island_id = i.id and v.state = 'current'`;

interface SummaryRow {
  document: object;
  learnware_count: number;
  targets: string[];
}

function toSummary({ document, learnware_count, targets }: SummaryRow): IslandSummary {
  return IslandSummary.parse({ ...document, learnwareCount: learnware_count, targets });
}

export async function listIslands(sql: Sql): Promise<IslandSummary[]> {
  return (await sql.query<SummaryRow>(`${summary} order by i.id`)).map(toSummary);
}

export async function findIsland(sql: Sql, id: string): Promise<IslandSummary | null> {
  const [row] = await sql.query<SummaryRow>(`${summary} where i.id = $1`, [id]);
  return row ? toSummary(row) : null;
}

export async function findSpace(
  sql: Sql,
  id: string,
  version?: number,
): Promise<SpaceVersion | null> {
  const [row] = await sql.query<VersionRow>(
    `select space, document from island_version where island_id = $1
       and (state = 'current' and $2::int is null or state in ('current', 'past') and version = $2)`,
    [id, version ?? null],
  );
  return row ? toSpace(row) : null;
}

export async function spaceVersions(sql: Sql, id: string): Promise<Space[]> {
  const rows = await sql.query<VersionRow>(
    `select space, document from island_version where island_id = $1 and state <> 'building'
     order by version desc`,
    [id],
  );
  return rows.map((row) => toSpace(row).island);
}

/** Its row stays locked until the transaction ends, so that writers of one island take turns. */
export async function lockIsland(tx: Sql, id: string): Promise<boolean> {
  const rows = await tx.query("select 1 from island where id = $1 for no key update", [id]);
  return rows.length > 0;
}

export async function putIsland(
  tx: Sql,
  island: Space,
  vectorType: Database["vectorType"],
): Promise<void> {
  await tx.query("insert into island (id) values ($1) on conflict do nothing", [island.id]);
  await lockIsland(tx, island.id);
  const [same] = await tx.query<{ space: number; state: string }>(
    "select space, state from island_version where island_id = $1 and version = $2",
    [island.id, island.version],
  );
  if (same?.state === "current") {
    await tx.query("update island_version set document = $2 where space = $1", [
      same.space,
      JSON.stringify(island),
    ]);
    return;
  }
  if (same) throw new AppError("bad_input", "an island cannot go back to an earlier version");
  const space = await addSpace(tx, island, vectorType);
  await makeCurrent(tx, island.id, space.number);
}

/** Removes every trace of an island without learnwares. */
export async function removeEmptyIsland(tx: Sql, id: string): Promise<void> {
  if (!(await lockIsland(tx, id))) return;
  const held = await tx.query(
    "select 1 from learnware where island_id = $1 and deleted_at is null limit 1",
    [id],
  );
  if (held.length > 0) return;
  await dropSpaces(tx, id, "true");
  await tx.query("delete from learnware where island_id = $1", [id]);
  await tx.query("delete from island where id = $1", [id]);
}

/** @throws AppError `stale_island` if the island has come as far by now. */
export async function prepareSpace(
  tx: Sql,
  island: Space,
  vectorType: Database["vectorType"],
): Promise<SpaceVersion> {
  await lockIsland(tx, island.id);
  const [current] = await tx.query<{ version: number }>(
    "select version from island_version where island_id = $1 and state = 'current'",
    [island.id],
  );
  if (current && current.version >= island.version) {
    throw new AppError("stale_island", `the island is at version ${current.version} now`);
  }
  return addSpace(tx, island, vectorType);
}

async function addSpace(
  tx: Sql,
  island: Space,
  vectorType: Database["vectorType"],
): Promise<SpaceVersion> {
  await removeSpaces(tx, island.id, "state = 'building'");
  const [row] = await tx.query<{ space: number }>(
    `insert into island_version (island_id, version, state, document) values ($1, $2, 'building', $3)
     returning space`,
    [island.id, island.version, JSON.stringify(island)],
  );
  const space = row!.space;
  const [current] = await tx.query<{ space: number }>(
    "select space from island_version where island_id = $1 and state = 'current'",
    [island.id],
  );
  await createTables(tx, space, current?.space ?? null);
  await createIndex(tx, space, vectorType);
  return { number: space, island };
}

/** Removes spaces that were begun a day ago and never published: whoever built them has died. */
export async function sweepSpaces(sql: Pick<Database, "query" | "transaction">): Promise<void> {
  const left = `state = 'building' and created_at < now() - interval '1 day'`;
  const rows = await sql.query<{ id: string }>(
    `select distinct island_id as id from island_version where ${left}`,
  );
  for (const { id } of rows) {
    await sql.transaction(async (tx) => {
      await lockIsland(tx, id);
      await removeSpaces(tx, id, left);
    });
  }
}

/** Spaces that are searched without an index, as a dock leaves one that dies during a bulk load. */
export async function unindexedSpaces(sql: Sql): Promise<SpaceVersion[]> {
  const rows = await sql.query<VersionRow>(
    `select space, document from island_version
     where state in ('current', 'past') and to_regclass('sketch_' || space || '_near') is null`,
  );
  return rows.map(toSpace);
}

/** Unless it is there, or the space was retired meanwhile. */
export async function makeIndex(
  tx: Sql,
  { number, island }: SpaceVersion,
  vectorType: Database["vectorType"],
) {
  await lockIsland(tx, island.id);
  const kept = await tx.query(
    "select 1 from island_version where space = $1 and state <> 'retired'",
    [number],
  );
  if (kept.length === 0) return;
  await createIndex(tx, number, vectorType);
}

/** The version that was current stays open to searches under way; of older ones only the document stays. */
async function makeCurrent(tx: Sql, islandId: string, space: number): Promise<void> {
  await dropSpaces(tx, islandId, `state = 'past' and space <> ${space}`);
  await tx.query(
    `update island_version set state = case state when 'current' then 'past' else 'retired' end
     where island_id = $1 and state in ('current', 'past') and space <> $2`,
    [islandId, space],
  );
  await tx.query("update island_version set state = 'current' where space = $1", [space]);
  await tx.query("update island set changes = changes + 1 where id = $1", [islandId]);
}

async function removeSpaces(tx: Sql, islandId: string, condition: string): Promise<void> {
  await dropSpaces(tx, islandId, condition);
  await tx.query(`delete from island_version where island_id = $1 and ${condition}`, [islandId]);
}

async function dropSpaces(tx: Sql, islandId: string, condition: string): Promise<void> {
  const rows = await tx.query<{ space: number }>(
    `select space from island_version where island_id = $1 and ${condition}`,
    [islandId],
  );
  for (const { space } of rows) await dropTables(tx, space);
}

/** @returns False if the space lacks a learnware of its island. */
export async function publishSpace(tx: Sql, { number, island }: SpaceVersion): Promise<boolean> {
  await lockIsland(tx, island.id);
  const lacking = await tx.query(`${missingFrom(number)} limit 1`, [island.id]);
  if (lacking.length > 0) return false;
  // What was removed while the space was built.
  for (const table of ["specification", "sketch"]) {
    await tx.query(
      `delete from ${table}_${number} s where not exists (select 1 from learnware l
         where l.number = s.number and l.island_id = $1 and l.deleted_at is null)`,
      [island.id],
    );
  }
  await makeCurrent(tx, island.id, number);
  await tx.query("update island set estimated_count = learnware_count where id = $1", [island.id]);
  return true;
}

/** Numbers of learnwares of island `$1` that a space lacks, or has in another version. */
export function missingFrom(space: number): string {
  return `select l.number from learnware l where l.island_id = $1 and l.deleted_at is null
    and not exists (select 1 from specification_${space} s
      where s.number = l.number and s.version = l.version)`;
}
