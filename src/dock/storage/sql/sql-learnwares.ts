/** @file Learnwares, their versions and their specifications. */

import type { LearnwareCard, WireSpecification } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import { tagsOf } from "../../../engine/search/words/semantic-filter";
import type { Database, Sql } from "../database/database";
import {
  type Entry,
  type LearnwareFilter,
  type LearnwareVersion,
  mayReplace,
  type Neighbour,
  type PackageOf,
  type Page,
  type SpaceVersion,
} from "../learnware-store";
import {
  catalogueColumns,
  catalogueEntryOf,
  catalogueUpdates,
  catalogueValues,
  noteWords,
} from "./catalogue/catalogue-entry";
import { cardKey, type RowCache } from "./row-cache";
import { lockSpaceOf } from "./sql-islands";
import { type CardRow, specificationColumns, toCard, toWire, type WireRow } from "./sql-rows";
import { place, placeAll, takeOffSpaces } from "./sql-search";

const shown = `select v.card from learnware l
  join learnware_version v on v.number = l.number and v.version = l.version
  where l.deleted_at is null`;

export async function findAll(sql: Sql, ids: readonly string[]): Promise<LearnwareCard[]> {
  const rows = await sql.query<CardRow>(`${shown} and l.id = any($1::text[])`, [ids]);
  return rows.map(toCard).filter((card) => card !== null);
}

export async function originsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; origin: string }>(
    "select id, origin from learnware where id = any($1::text[])",
    [ids],
  );
  return new Map(rows.map(({ id, origin }) => [id, origin]));
}

export async function findVersions(
  sql: Sql,
  { cards }: Pick<RowCache, "cards">,
  wanted: readonly Pick<Neighbour, "number" | "version">[],
): Promise<Map<string, LearnwareCard>> {
  const known = new Map(wanted.map((one) => [one.number, cards.get(cardKey(one))]));
  const rows = await sql.query<CardRow & { number: string; version: number; stamp: string }>(
    `select v.number, v.version, v.xmin::text as stamp,
       case when v.xmin::text <> wanted.stamp then v.card end as card
     from learnware_version v join unnest($1::bigint[], $2::int[], $3::text[])
       as wanted (number, version, stamp) using (number, version)`,
    [
      wanted.map(({ number }) => number),
      wanted.map(({ version }) => String(version)),
      wanted.map(({ number }) => known.get(number)?.stamp ?? ""),
    ],
  );
  const found = new Map<string, LearnwareCard>();
  for (const { number, version, stamp, card: document } of rows) {
    const card = document === null ? known.get(number)?.value : toCard({ card: document });
    if (!card) continue;
    cards.set(cardKey({ number, version }), { stamp, value: card });
    found.set(number, card);
  }
  return found;
}

export async function list(
  sql: Sql,
  { islandId, task, origin }: LearnwareFilter,
  { limit, offset }: Page,
): Promise<{ learnwares: LearnwareCard[]; total: number }> {
  const where = `and ($1::text is null or l.island_id = $1)
    and ($2::text is null or l.task = $2) and ($3::text is null or l.origin = $3)`;
  const values = [islandId ?? null, task ?? null, origin ?? null];
  const [counted] = await sql.query<{ total: number }>(
    `select count(*)::int as total from learnware l where l.deleted_at is null ${where}`,
    values,
  );
  const rows = await sql.query<CardRow>(`${shown} ${where} order by l.id limit $4 offset $5`, [
    ...values,
    limit,
    offset,
  ]);
  const learnwares = rows.map(toCard).filter((card) => card !== null);
  return { learnwares, total: counted?.total ?? 0 };
}

export async function history(sql: Sql, id: string): Promise<LearnwareVersion[]> {
  return sql.query<{ version: number; sha256: string; createdAt: Date }>(
    `select v.version, v.sha256, v.created_at as "createdAt"
     from learnware l join learnware_version v using (number) where l.id = $1 order by v.version desc`,
    [id],
  );
}

export async function put(tx: Sql, entry: Entry): Promise<void> {
  const { card, described, origin, ownerId } = entry;
  const before = await lockHome(tx, card.id, card.islandId);
  if (before && !mayReplace(before.origin, origin)) {
    throw new AppError("already_there", `the id ${card.id} is somebody else's; take another`);
  }
  const space = await currentSpace(tx, entry);
  const listing = catalogueEntryOf(card);
  const version = before ? before.version + (before.sha256 === card.sha256 ? 0 : 1) : 1;
  const [row] = await tx.query<{ number: string }>(
    `insert into learnware (id, island_id, version, task, target, origin, name, description, tags,
       ${catalogueColumns})
     select $1, $2, $3, $4, $5, $6, $7, $8, $9::text[], ${catalogueValues} from (select $11::jsonb as c) one
     where true on conflict (id) do update set island_id = excluded.island_id, version = excluded.version,
       task = excluded.task, target = excluded.target, origin = excluded.origin,
       name = excluded.name, description = excluded.description, tags = excluded.tags, ${catalogueUpdates},
       covered_by = null, is_decided = false, updated_at = now(), deleted_at = null
     where $10
     returning number`,
    [
      ...[card.id, card.islandId, version, card.task, card.target, origin],
      ...[card.name, card.description, tagsOf(card.semantic), before !== null],
      JSON.stringify(listing),
    ],
  );
  if (!row) return put(tx, entry); // Another dock has put the first one meanwhile.
  const { number } = row;
  if (ownerId !== undefined) {
    await tx.query("update learnware set owner_id = $2 where number = $1", [number, ownerId]);
  }
  await noteWords(tx, [listing]);
  await tx.query(
    `insert into learnware_version (number, version, sha256, card) values ($1, $2, $3, $4)
     on conflict (number, version) do update set card = excluded.card`,
    [number, version, card.sha256, JSON.stringify(card)],
  );
  if (before) {
    await takeOffSpaces(tx, before.island_id, number);
    await unmarkCoveredBy(tx, card.id);
  }
  await place(tx, space, { ...described, number, version, task: card.task });
  if (before && !before.deleted) await countDown(tx, before.island_id, before.target);
  await countUp(tx, card.islandId, [card.target], 1);
  await note(tx, before ? "replaced" : "added", card.islandId, card.id);
}

interface Held {
  number: string;
  origin: string;
  island_id: string;
  target: string;
  version: number;
  deleted: boolean;
  sha256: string;
}

/**
 * Locks a learnware together with its space and the one that it is to be in: writers of one id
 * first take turns, so that it stays where it is, then those of each space, in one order, so that no
 * two wait for each other.
 *
 * @returns The learnware as it is now, removed or not; null if there is none.
 */
async function lockHome(tx: Sql, id: string, islandId: string | null): Promise<Held | null> {
  await tx.query("select pg_advisory_xact_lock(1, hashtext($1))", [id]);
  await tx.query(
    `select 1 from space where id in (select space_id from island
       where id = $2 or id = (select island_id from learnware where learnware.id = $1))
     order by id for no key update`,
    [id, islandId],
  );
  const [held] = await tx.query<Held>(
    `select l.number, l.origin, l.island_id, l.target, l.version, l.deleted_at is not null as deleted, v.sha256
     from learnware l join learnware_version v using (number, version) where l.id = $1`,
    [id],
  );
  return held ?? null;
}

export async function putAll(
  tx: Sql,
  vectorType: Database["vectorType"],
  entries: readonly Entry[],
): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const space = await currentSpace(tx, first);
  const stranger = entries.some(
    ({ card, spaceVersion }) =>
      card.islandId !== first.card.islandId || spaceVersion !== first.spaceVersion,
  );
  if (stranger) throw new AppError("bad_input", "a bulk load is for one version of one island");
  const listings = entries.map(({ card }) => catalogueEntryOf(card));
  const rows = await tx.query<{ number: string; id: string }>(
    `insert into learnware (id, island_id, version, task, target, origin, name, description, tags,
       ${catalogueColumns})
     select c ->> 'id', c ->> 'islandId', 1, c ->> 'task', c ->> 'target', c ->> 'origin',
       c ->> 'name', c ->> 'description', array(select jsonb_array_elements_text(c -> 'tags')), ${catalogueValues}
     from jsonb_array_elements($1::jsonb) as c
     on conflict (id) do nothing returning number, id`,
    [
      JSON.stringify(
        entries.map(({ card, origin }, i) => {
          const { id, islandId, task, target, name, description, semantic } = card;
          const about = { id, islandId, task, target, name, description, origin };
          return { ...about, ...listings[i], tags: tagsOf(semantic) };
        }),
      ),
    ],
  );
  if (rows.length < entries.length) throw new AppError("bad_input", "one of the ids is taken");
  const owned = entries.filter(({ ownerId }) => ownerId !== undefined && ownerId !== null);
  if (owned.length > 0) {
    await tx.query(
      `update learnware l set owner_id = o.owner from unnest($1::text[], $2::text[]) as o (id, owner)
       where l.id = o.id`,
      [owned.map(({ card }) => card.id), owned.map(({ ownerId }) => ownerId!)],
    );
  }
  await noteWords(tx, listings);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  await tx.query(
    `insert into learnware_version (number, version, sha256, card)
     select (v ->> 'number')::bigint, 1, v -> 'card' ->> 'sha256', v -> 'card'
     from jsonb_array_elements($1::jsonb) as v`,
    [JSON.stringify(entries.map(({ card }) => ({ number: numbers.get(card.id), card })))],
  );
  await placeAll(
    tx,
    space,
    vectorType,
    entries.map(({ card, described }) => {
      return { ...described, number: numbers.get(card.id)!, version: 1, task: card.task };
    }),
  );
  const targets = [...new Set(entries.map(({ card }) => card.target))];
  await countUp(tx, first.card.islandId, targets, entries.length);
  await note(tx, "loaded", first.card.islandId, null, { count: entries.length });
}

/** Lock the space and see to it that the entry is described on its current version. */
async function currentSpace(tx: Sql, { card, spaceVersion }: Entry): Promise<number> {
  const spaceId = await lockSpaceOf(tx, card.islandId);
  if (spaceId === null) throw new AppError("bad_input", "there is no such island");
  const [current] = await tx.query<{ number: number; version: number }>(
    "select number, version from space_version where space_id = $1 and state = 'current'",
    [spaceId],
  );
  if (current?.version !== spaceVersion) {
    throw new AppError("stale_island", `the space is at version ${current?.version ?? 0} now`);
  }
  return current.number;
}

export async function remove(tx: Sql, id: string): Promise<string | null> {
  const gone = await lockHome(tx, id, null);
  if (!gone || gone.deleted) return null;
  await tx.query("update learnware set deleted_at = now() where id = $1", [id]);
  await takeOffSpaces(tx, gone.island_id, gone.number);
  await unmarkCoveredBy(tx, id);
  await countDown(tx, gone.island_id, gone.target);
  await note(tx, "removed", gone.island_id, id);
  return gone.island_id;
}

async function unmarkCoveredBy(tx: Sql, id: string): Promise<void> {
  await tx.query(
    "update learnware set covered_by = null, is_decided = false where covered_by = $1",
    [id],
  );
}

export async function undecided(sql: Sql, islandId: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from learnware where island_id = $1 and not is_decided and deleted_at is null
     order by number limit $2`,
    [islandId, limit],
  );
  return rows.map(({ id }) => id);
}

export async function setCoveredBy(
  tx: Sql,
  learnware: PackageOf,
  cover: PackageOf | null,
): Promise<void> {
  if (cover) {
    await tx.query(
      `update space set changes = changes + 1 where id = (select i.space_id
         from learnware l join island i on i.id = l.island_id where l.id = $1)`,
      [learnware.id],
    );
    // Locked, so that it cannot go before the mark can be seen.
    const here = await tx.query(
      `select 1 from learnware l join learnware_version v using (number, version)
       where l.id = $1 and v.sha256 = $2 and l.deleted_at is null for share of l`,
      [cover.id, cover.sha256],
    );
    if (here.length === 0) return;
  }
  await tx.query(
    `update learnware l set covered_by = $3, is_decided = true
     from learnware_version v where v.number = l.number and v.version = l.version
       and l.id = $1 and v.sha256 = $2 and l.deleted_at is null`,
    [learnware.id, learnware.sha256, cover?.id ?? null],
  );
}

export async function lastCollected(sql: Sql): Promise<Date | null> {
  const [row] = await sql.query<{ at: string }>(
    "select detail ->> 'at' as at from event where kind = 'collected' order by number desc limit 1",
  );
  return row ? new Date(row.at) : null;
}

export async function noteCollected(sql: Sql, at: Date): Promise<void> {
  await note(sql, "collected", null, null, { at: at.toISOString() });
}

export async function purge(tx: Sql, before: Date): Promise<number> {
  const rows = await tx.query<{ id: string; island_id: string }>(
    "delete from learnware where deleted_at < $1 returning id, island_id",
    [before],
  );
  for (const { id, island_id } of rows) await note(tx, "purged", island_id, id);
  return rows.length;
}

export async function findSpecification(
  sql: Sql,
  space: SpaceVersion,
  id: string,
): Promise<WireSpecification | null> {
  const [row] = await sql.query<WireRow>(`${wireOn(space)} and l.id = $1`, [id]);
  return row ? toWire(space, row) : null;
}

/** Of several specifications at once. */
const MOST_POINT_BYTES = 6_000_000;

export async function findSpecifications(
  sql: Sql,
  space: SpaceVersion,
  ids: readonly string[],
): Promise<WireSpecification[]> {
  const rows = await sql.query<WireRow>(
    `select * from (select w.*, sum(octet_length(w.points)) over (order by w.id) as so_far
       from (${wireOn(space)} and l.id = any($1::text[])) w) t where so_far <= $2`,
    [ids, MOST_POINT_BYTES],
  );
  return rows.map((row) => toWire(space, row)).filter((specification) => specification !== null);
}

export async function specificationsOn(
  sql: Sql,
  space: SpaceVersion,
  islandId: string,
): Promise<WireSpecification[]> {
  const rows = await sql.query<WireRow>(`${wireOn(space)} and l.island_id = $1 order by l.id`, [
    islandId,
  ]);
  return rows.map((row) => toWire(space, row)).filter((specification) => specification !== null);
}

function wireOn({ number }: SpaceVersion): string {
  return `select l.id, ${specificationColumns} from specification_${number} s
    join learnware l using (number) where l.deleted_at is null`;
}

async function countUp(
  tx: Sql,
  islandId: string,
  targets: readonly string[],
  count: number,
): Promise<void> {
  await tx.query(
    `update island set learnware_count = learnware_count + $2,
       targets = array(select distinct t from unnest(targets || $3::text[]) as t order by t)
     where id = $1`,
    [islandId, count, targets],
  );
  await countInSpace(tx, islandId, count);
}

/** The learnware itself is hidden or changed already. */
async function countDown(tx: Sql, islandId: string, target: string): Promise<void> {
  await tx.query(
    `update island set learnware_count = learnware_count - 1,
       targets = case when exists (
         select 1 from learnware where island_id = $1 and target = $2 and deleted_at is null
       ) then targets else array_remove(targets, $2) end
     where id = $1`,
    [islandId, target],
  );
  await countInSpace(tx, islandId, -1);
}

async function countInSpace(tx: Sql, islandId: string, count: number): Promise<void> {
  await tx.query(
    `update space set learnware_count = learnware_count + $2, changes = changes + 1
     where id = (select space_id from island where id = $1)`,
    [islandId, count],
  );
}

async function note(
  tx: Sql,
  kind: string,
  islandId: string | null,
  learnwareId: string | null,
  detail: object = {},
): Promise<void> {
  await tx.query(
    "insert into event (kind, island_id, learnware_id, detail) values ($1, $2, $3, $4)",
    [kind, islandId, learnwareId, JSON.stringify(detail)],
  );
}
