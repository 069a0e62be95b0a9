/** @file Spaces, their versions, and the tables that each version's specifications lie in. */

import { AppError } from "../../../contracts/outcome";
import { Space } from "../../../engine/kinds/space-schema";
import type { Database, Sql } from "../database/database";
import type { SpaceVersion } from "../learnware-store";
import type { RowCache } from "./row-cache";
import { createIndex, createTables, dropTables } from "./space-tables";
import { type VersionRow, toSpace } from "./sql-rows";

export async function findSpace(
  sql: Sql,
  { spaces }: Pick<RowCache, "spaces">,
  id: string,
  version?: number,
): Promise<SpaceVersion | null> {
  const [now] = await sql.query<{ number: number; stamp: string }>(
    `select number, xmin::text as stamp from space_version where space_id = $1
       and (state = 'current' and $2::int is null or state in ('current', 'past') and version = $2)`,
    [id, version ?? null],
  );
  const known = now && spaces.get(now.number);
  if (!now || now.stamp === known?.stamp) return known?.value ?? null;
  const [row] = await sql.query<VersionRow & { stamp: string }>(
    "select number, document, xmin::text as stamp from space_version where number = $1",
    [now.number],
  );
  const value = row ? toSpace(row) : null;
  if (row && value) spaces.set(row.number, { stamp: row.stamp, value });
  return value;
}

export async function spaceVersions(sql: Sql, id: string): Promise<Space[]> {
  const rows = await sql.query<VersionRow>(
    `select number, document from space_version where space_id = $1 and state <> 'building'
     order by version desc`,
    [id],
  );
  return rows.flatMap((row) => toSpace(row)?.definition ?? []);
}

/** Its row stays locked until the transaction ends, so that writers of one space take turns. */
export async function lockSpace(tx: Sql, id: string): Promise<boolean> {
  const rows = await tx.query("select 1 from space where id = $1 for no key update", [id]);
  return rows.length > 0;
}

/** A space comes with an island of the same id, whose question its first learnware tells. */
export async function putSpace(
  tx: Sql,
  space: Space,
  vectorType: Database["vectorType"],
): Promise<void> {
  const { id, version, name, description } = space;
  await tx.query("insert into space (id) values ($1) on conflict do nothing", [id]);
  await lockSpace(tx, id);
  await tx.query(
    `insert into island (id, space_id, name, description) values ($1, $1, $2, $3)
     on conflict (id) do update set name = excluded.name, description = excluded.description`,
    [id, name, description],
  );
  const [same] = await tx.query<{ number: number; state: string }>(
    "select number, state from space_version where space_id = $1 and version = $2",
    [id, version],
  );
  if (same?.state === "current") {
    await tx.query("update space_version set document = $2 where number = $1", [
      same.number,
      JSON.stringify(space),
    ]);
    return;
  }
  if (same) throw new AppError("bad_input", "a space cannot go back to an earlier version");
  const { number } = await addVersion(tx, space, vectorType);
  await makeCurrent(tx, id, number);
}

/** @throws AppError `stale_island` if the space has come as far by now. */
export async function prepareSpace(
  tx: Sql,
  space: Space,
  vectorType: Database["vectorType"],
): Promise<SpaceVersion> {
  await lockSpace(tx, space.id);
  const [current] = await tx.query<{ version: number }>(
    "select version from space_version where space_id = $1 and state = 'current'",
    [space.id],
  );
  if (current && current.version >= space.version) {
    throw new AppError("stale_island", `the space is at version ${current.version} now`);
  }
  return addVersion(tx, space, vectorType);
}

async function addVersion(
  tx: Sql,
  space: Space,
  vectorType: Database["vectorType"],
): Promise<SpaceVersion> {
  await removeVersions(tx, space.id, "state = 'building'");
  const [row] = await tx.query<{ number: number }>(
    `insert into space_version (space_id, version, state, document) values ($1, $2, 'building', $3)
     returning number`,
    [space.id, space.version, JSON.stringify(space)],
  );
  const { number } = row!;
  const [current] = await tx.query<{ number: number }>(
    "select number from space_version where space_id = $1 and state = 'current'",
    [space.id],
  );
  const added = { number, definition: space };
  await createTables(tx, added, current?.number ?? null, vectorType);
  await createIndex(tx, added, vectorType);
  return added;
}

/** Removes versions that were begun a day ago and never published: whoever built them has died. */
export async function sweepSpaces(sql: Pick<Database, "query" | "transaction">): Promise<void> {
  const left = `state = 'building' and created_at < now() - interval '1 day'`;
  const rows = await sql.query<{ id: string }>(
    `select distinct space_id as id from space_version where ${left}`,
  );
  for (const { id } of rows) {
    await sql.transaction(async (tx) => {
      await lockSpace(tx, id);
      await removeVersions(tx, id, left);
    });
  }
}

/** Spaces that are searched without an index, as a dock leaves one that dies during a bulk load. */
export async function unindexedSpaces(sql: Sql): Promise<SpaceVersion[]> {
  const rows = await sql.query<VersionRow>(
    `select number, document from space_version
     where state in ('current', 'past') and to_regclass('sketch_' || number || '_near') is null`,
  );
  return rows.map(toSpace).filter((space) => space !== null);
}

/** Unless it is there, or the version was retired meanwhile. */
export async function makeIndex(tx: Sql, space: SpaceVersion, vectorType: Database["vectorType"]) {
  const { number, definition } = space;
  await lockSpace(tx, definition.id);
  const kept = await tx.query(
    "select 1 from space_version where number = $1 and state <> 'retired'",
    [number],
  );
  if (kept.length > 0) await createIndex(tx, space, vectorType);
}

/** The version that was current stays open to searches under way; of older ones only the document stays. */
async function makeCurrent(tx: Sql, spaceId: string, number: number): Promise<void> {
  await dropVersions(tx, spaceId, `state = 'past' and number <> ${number}`);
  await tx.query(
    `update space_version set state = case state when 'current' then 'past' else 'retired' end
     where space_id = $1 and state in ('current', 'past') and number <> $2`,
    [spaceId, number],
  );
  await tx.query("update space_version set state = 'current' where number = $1", [number]);
  await tx.query("update space set changes = changes + 1 where id = $1", [spaceId]);
}

async function removeVersions(tx: Sql, spaceId: string, condition: string): Promise<void> {
  await dropVersions(tx, spaceId, condition);
  await tx.query(`delete from space_version where space_id = $1 and ${condition}`, [spaceId]);
}

async function dropVersions(tx: Sql, spaceId: string, condition: string): Promise<void> {
  const rows = await tx.query<{ number: number }>(
    `select number from space_version where space_id = $1 and ${condition}`,
    [spaceId],
  );
  for (const { number } of rows) await dropTables(tx, number);
}

/** @returns False if the version lacks a learnware of its space. */
export async function publishSpace(
  tx: Sql,
  { number, definition: { id } }: SpaceVersion,
): Promise<boolean> {
  await lockSpace(tx, id);
  const lacking = await tx.query(`${missingFrom(number)} limit 1`, [id]);
  if (lacking.length > 0) return false;
  // What was removed while the version was built.
  for (const table of ["specification", "sketch"]) {
    await tx.query(
      `delete from ${table}_${number} s where not exists (select 1 from learnware l
         where l.number = s.number and l.deleted_at is null
           and l.island_id in (select id from island where space_id = $1))`,
      [id],
    );
  }
  await makeCurrent(tx, id, number);
  await tx.query("update space set estimated_count = learnware_count where id = $1", [id]);
  return true;
}

/** Numbers of learnwares of space `$1` that one of its versions lacks, or has in another version. */
export function missingFrom(space: number): string {
  return `select l.number from learnware l
    where l.island_id in (select id from island where space_id = $1) and l.deleted_at is null
    and not exists (select 1 from specification_${space} s
      where s.number = l.number and s.version = l.version)`;
}

/** Removes a space with all its versions. */
export async function removeSpace(tx: Sql, id: string): Promise<void> {
  await dropVersions(tx, id, "true");
  await tx.query("delete from space where id = $1", [id]);
}
