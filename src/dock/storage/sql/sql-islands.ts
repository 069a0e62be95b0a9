/** @file Islands: the learnwares of a space that answer the same question. */

import { type Island, IslandSummary } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { Sql } from "../database/database";
import type { RowCache } from "./row-cache";
import { lockSpace, removeSpace } from "./sql-spaces";

const columns = "i.id, i.name, i.description, i.question, i.learnware_count, i.targets, v.document";
const tables =
  "from island i join space_version v on v.space_id = i.space_id and v.state = 'current'";
/** Of all that a summary is made of. */
const stamp = "v.number || ' ' || v.xmin::text || ' ' || i.xmin::text as stamp";

interface SummaryRow {
  id: string;
  name: string;
  description: string;
  question: unknown;
  learnware_count: number;
  targets: string[];
  document: unknown;
}

/** Null if it is nothing that could have been put. */
function toSummary({ learnware_count, document, ...island }: SummaryRow): IslandSummary | null {
  const summary = { ...island, learnwareCount: learnware_count, space: document };
  return IslandSummary.safeParse(summary).data ?? null;
}

export async function listIslands(
  sql: Sql,
  { islands }: Pick<RowCache, "islands">,
): Promise<IslandSummary[]> {
  const now = await sql.query<{ id: string; stamp: string }>(
    `select i.id, ${stamp} ${tables} order by i.id`,
  );
  const known = new Map(now.map(({ id }) => [id, islands.get(id)]));
  const changed = now.filter((one) => known.get(one.id)?.stamp !== one.stamp).map(({ id }) => id);
  const read = new Map(changed.map((id): [string, IslandSummary | null] => [id, null]));
  if (changed.length > 0) {
    const rows = await sql.query<SummaryRow & { stamp: string }>(
      `select ${stamp}, ${columns} ${tables} where i.id = any($1::text[])`,
      [changed],
    );
    for (const row of rows) read.set(row.id, keep(islands, row));
  }
  return now.flatMap(({ id }) => (read.has(id) ? read.get(id) : known.get(id)?.value) ?? []);
}

/** Null if it is nothing that could have been put. */
function keep(
  islands: RowCache["islands"],
  { stamp: latest, ...row }: SummaryRow & { stamp: string },
): IslandSummary | null {
  const value = toSummary(row);
  if (value) islands.set(value.id, { stamp: latest, value });
  return value;
}

export async function countIslands(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: number }>("select count(*)::int as count from island");
  return row!.count;
}

export async function findIsland(
  sql: Sql,
  { islands }: Pick<RowCache, "islands">,
  id: string,
): Promise<IslandSummary | null> {
  const known = islands.get(id);
  const [now] = await sql.query<{ stamp: string }>(`select ${stamp} ${tables} where i.id = $1`, [
    id,
  ]);
  if (!now || now.stamp === known?.stamp) return (now && known?.value) ?? null;
  const [row] = await sql.query<SummaryRow & { stamp: string }>(
    `select ${stamp}, ${columns} ${tables} where i.id = $1`,
    [id],
  );
  return row ? keep(islands, row) : null;
}

export async function putIsland(
  tx: Sql,
  { id, name, description, question }: Island,
  spaceId: string,
): Promise<void> {
  await tx.query(
    `insert into island (id, space_id, name, description, question) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = excluded.name, description = excluded.description,
       question = coalesce(island.question, excluded.question)`,
    [id, spaceId, name, description, question && JSON.stringify(question)],
  );
}

/** Locks the space of an island; null if there is no such island. */
export async function lockSpaceOf(tx: Sql, islandId: string): Promise<string | null> {
  const [row] = await tx.query<{ space_id: string }>("select space_id from island where id = $1", [
    islandId,
  ]);
  return row && (await lockSpace(tx, row.space_id)) ? row.space_id : null;
}

/** Moves learnwares of an island, all of them with null for the ids, to another of the same space. */
export async function moveLearnwares(
  tx: Sql,
  from: string,
  into: string,
  ids: readonly string[] | null,
): Promise<void> {
  const spaceId = await lockSpaceOf(tx, from);
  const [there] = await tx.query<{ space_id: string }>(
    "select space_id from island where id = $1",
    [into],
  );
  if (spaceId === null || there?.space_id !== spaceId) {
    throw new AppError("bad_input", "there is no such island in the same space");
  }
  const moved = await tx.query<{ number: string }>(
    `update learnware set island_id = $2 where island_id = $1
       and ($3::text[] is null or id = any($3::text[])) returning number`,
    [from, into, ids],
  );
  await tx.query(
    `update learnware_version set card = jsonb_set(card, '{islandId}', to_jsonb($2::text))
     where number = any($1::bigint[])`,
    [moved.map(({ number }) => number), into],
  );
  // Which makes which redundant is decided anew, island by island.
  await tx.query(
    `update learnware set covered_by = null, is_decided = false
     where island_id = any($1::text[]) and (is_decided or covered_by is not null)`,
    [[from, into]],
  );
  await tx.query(
    `update island i set learnware_count = c.count, targets = c.targets
     from (select i2.id, count(l.number)::int as count,
         coalesce(array_agg(distinct l.target order by l.target) filter (where l.target is not null), '{}')
           as targets
       from island i2 left join learnware l on l.island_id = i2.id and l.deleted_at is null
       where i2.id = any($1::text[]) group by i2.id) c where i.id = c.id`,
    [[from, into]],
  );
  await tx.query("update space set changes = changes + 1 where id = $1", [spaceId]);
}

/** Removes every trace of an island without learnwares, and of its space if it was the last there. */
export async function removeEmptyIsland(tx: Sql, id: string): Promise<void> {
  const spaceId = await lockSpaceOf(tx, id);
  if (spaceId === null) return;
  const held = await tx.query(
    "select 1 from learnware where island_id = $1 and deleted_at is null limit 1",
    [id],
  );
  if (held.length > 0) return;
  await tx.query("delete from learnware where island_id = $1", [id]);
  await tx.query("delete from island where id = $1", [id]);
  const others = await tx.query("select 1 from island where space_id = $1 limit 1", [spaceId]);
  if (others.length === 0) await removeSpace(tx, spaceId);
}
