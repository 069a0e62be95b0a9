/** @file Where specifications and sketches lie, and how they are found. */

import { isWhole } from "../whole-rkme";
import { binaryCopy } from "./binary-copy";
import type { Database, Sql, SqlValue } from "../database/database";
import type { Neighbour, NeighbourQuery, Placed, Placing, SpaceVersion } from "../learnware-store";
import { conditionsOf, Values, wantedIn } from "./catalogue/semantic-filter";
import { cardKey, type RowCache } from "./row-cache";
import { missingFrom } from "./sql-spaces";
import {
  binarySpecifications,
  type NeighbourRow,
  type PlacedRow,
  publishedColumns,
  specificationColumns,
  toNeighbour,
  toPlaced,
  toSpecifications,
  toVector,
  type VersionedSpecification,
} from "./sql-rows";

/**
 * Of so few learnwares that pass a filter every one is compared, at about a microsecond each. Among
 * more the index finds enough soon.
 */
const FEW = 20_000;

/**
 * For the session: how many candidates the index looks at, of which 200 are answered (pgvector
 * answers no more than this), that it goes on while a filter leaves too few, that reading here and
 * there costs hardly more than in a row, as an index is mostly in memory, and that no statement is
 * compiled first: all are over sooner.
 */
export const searchSettings = {
  "hnsw.ef_search": "800",
  "hnsw.iterative_scan": "relaxed_order",
  random_page_cost: "1.1",
  jit: "off",
} as const;

export async function nearest(
  database: Pick<Database, "reader" | "vectorType">,
  cache: Pick<RowCache, "specifications">,
  space: SpaceVersion,
  sketch: Float32Array,
  query: NeighbourQuery,
): Promise<Neighbour[]> {
  const sql = database.reader;
  const { islandId } = query;
  const isAmongOthers = islandId !== undefined && (await isOneOfMany(sql, space, islandId));
  const asked: Asked = {
    space,
    target: `$1::${database.vectorType}`,
    values: [toVector(sketch), query.limit],
    query: { ...query, islandId: isAmongOthers ? islandId : undefined },
  };
  const rows = (await nearestOfFew(sql, asked)) ?? (await nearestByIndex(sql, asked));
  const specifications = await wholeSpecifications(sql, cache, space, rows);
  return rows.flatMap((row) => {
    const specification = specifications.get(cardKey(row));
    return specification ? [toNeighbour(row, specification)] : [];
  });
}

/** Those that can be computed with, by `cardKey`; of a learnware that was replaced or removed meanwhile there is none. */
async function wholeSpecifications(
  sql: Sql,
  { specifications }: Pick<RowCache, "specifications">,
  { number: space, definition }: SpaceVersion,
  rows: readonly NeighbourRow[],
): Promise<Map<string, VersionedSpecification>> {
  const found = new Map<string, VersionedSpecification>();
  const missing: string[] = [];
  for (const row of rows) {
    const known = specifications.get(`${space} ${cardKey(row)}`);
    if (known) found.set(cardKey(row), known);
    else missing.push(row.number);
  }
  if (missing.length === 0) return found;
  const read = toSpecifications(await sql.copyOut(binarySpecifications(space, missing)));
  for (const [number, specification] of read) {
    if (!isWhole(specification, definition)) continue;
    const key = cardKey({ number, version: specification.version });
    const kept = apart(specification);
    found.set(key, kept);
    specifications.set(`${space} ${key}`, kept);
  }
  return found;
}

/** In memory of its own, so that what is kept does not hold on to all that came with it. */
function apart(specification: VersionedSpecification): VersionedSpecification {
  const { points, weights } = specification;
  return { ...specification, points: Uint8Array.from(points), weights: Uint8Array.from(weights) };
}

interface Asked {
  readonly space: SpaceVersion;
  /** The sketch in SQL, `$1`. */
  readonly target: string;
  /** `$1` and `$2`, the limit. */
  readonly values: readonly SqlValue[];
  readonly query: NeighbourQuery;
}

/** Compares all that pass the filter, if there is one and they are few; else null. */
async function nearestOfFew(
  sql: Sql,
  { space, target, values, query }: Asked,
): Promise<NeighbourRow[] | null> {
  const { task, filter = {}, distinct = false, islandId } = query;
  const filtering = new Values(4);
  const wanted = conditionsOf(filter, await wantedIn(sql, filter), filtering);
  if (wanted.length === 0 && islandId === undefined) return null;
  const conditions = ["($2::text is null or l.task = $2)", ...wanted];
  if (distinct) conditions.push("l.covered_by is null");
  const [few] = await sql.query<{ count: number; numbers: string }>(
    `select count(*)::int as count, coalesce(array_agg(number), '{}')::text as numbers from (
       select l.number from learnware l where l.deleted_at is null
         and l.island_id in (select id from island where space_id = $1 and ($3::text is null or id = $3))
         and ${conditions.join(" and ")} limit ${FEW + 1}) few`,
    [space.definition.id, task ?? null, islandId ?? null, ...filtering.list],
  );
  if (few!.count > FEW) return null;
  // By a sum that no index is made for, so that only the few are read.
  return sql.query<NeighbourRow>(
    `with near as materialized (
       select k.number, ${distancesTo(target)} from sketch_${space.number} k
       where k.number = any($3::bigint[]) order by (k.numbers <-> ${target}) + 0 limit $2)
     ${neighbours}`,
    [...values, few!.numbers],
  );
}

/** What is known of those that are `near`. */
const neighbours = `select n.number, n.distance, n.self, l.id, l.version, l.target, l.covered_by
  from near n join learnware l using (number) order by n.distance, n.number`;

async function nearestByIndex(
  sql: Sql,
  { space, target, values, query }: Asked,
): Promise<NeighbourRow[]> {
  const { task, filter = {}, distinct = false, islandId } = query;
  const filtering = new Values(values.length + 2);
  const ofLearnware = conditionsOf(filter, await wantedIn(sql, filter), filtering);
  const parameters = [...values, task ?? null, ...filtering.list];
  if (distinct) ofLearnware.push("l.covered_by is null");
  if (islandId !== undefined) {
    ofLearnware.push(`l.island_id = $${parameters.push(islandId)}`);
  }
  const conditions = ["($3::text is null or k.task = $3)"];
  if (ofLearnware.length > 0) {
    // A subquery that is not flattened into a join, so that the index drives the scan.
    conditions.push(
      `(select true from learnware l where l.number = k.number and ${ofLearnware.join(" and ")})`,
    );
  }
  return sql.query<NeighbourRow>(
    `with near as materialized (
       select k.number, ${distancesTo(target)} from sketch_${space.number} k
       where ${conditions.join(" and ")} order by k.numbers <-> ${target} limit $2)
     ${neighbours}`,
    parameters,
  );
}

/** Whether an island shares its space with others: else nothing has to be left out of a search. */
async function isOneOfMany(
  sql: Sql,
  { definition: { id } }: SpaceVersion,
  islandId: string,
): Promise<boolean> {
  const others = "select 1 from island where space_id = $1 and id <> $2 limit 1";
  return (await sql.query(others, [id, islandId])).length > 0;
}

function distancesTo(target: string): string {
  return `k.numbers <-> ${target} as distance, -(k.numbers <#> k.numbers) as self`;
}

function placedColumns({ definition }: SpaceVersion): string {
  return `l.number, s.version, l.id, l.task, l.target, l.covered_by, k.numbers::text as numbers,
    ${specificationColumns}, ${definition.book ? publishedColumns : "null as published_version"}`;
}

export async function placed(
  sql: Sql,
  space: SpaceVersion,
  after: string,
  limit: number,
  islandId?: string,
): Promise<Placed[]> {
  const rows = await sql.query<PlacedRow>(
    `select ${placedColumns(space)} from specification_${space.number} s
     join sketch_${space.number} k using (number) join learnware l using (number)
     where s.number > $1 and k.number > $1 and ($3::text is null or l.island_id = $3)
     order by s.number limit $2`,
    [after, limit, islandId ?? null],
  );
  return rows.map((row) => toPlaced(space, row));
}

/** @param current - The space that the learnwares are on now. */
export async function missing(
  sql: Sql,
  { number: space, definition: island }: SpaceVersion,
  current: SpaceVersion,
  limit: number,
): Promise<Placed[]> {
  const rows = await sql.query<PlacedRow>(
    `with lacking as (${missingFrom(space)} limit $2)
     select ${placedColumns(current)} from lacking join learnware l using (number)
     join specification_${current.number} s using (number)
     join sketch_${current.number} k using (number)`,
    [island.id, limit],
  );
  return rows.map((row) => toPlaced(current, row));
}

export async function place(tx: Sql, space: number, placing: Placing): Promise<void> {
  const { number, task, sketch } = placing;
  const values = [...storedValues(placing), ...(placing.published ? publishedValues(placing) : [])];
  await tx.query(
    `insert into specification_${space} (${columnsOf([placing])})
     values (${values.map((_, i) => `$${i + 1}`).join()})`,
    values,
  );
  await tx.query(`insert into sketch_${space} (number, task, numbers) values ($1, $2, $3)`, [
    number,
    task,
    toVector(sketch),
  ]);
}

/** Those that tables of versions before books lack are named only where they are needed. */
function columnsOf(entries: readonly Placing[]): string {
  const columns =
    "number, version, rows, cols, points, weights, row_count, radius_squared, self_product";
  return entries.some(({ published }) => published)
    ? `${columns}, published_version, published_rows, published_points, published_weights, published_radius`
    : columns;
}

function storedValues(entry: Placing) {
  return [
    ...([entry.number, entry.version, entry.rows, entry.cols, entry.points] as const),
    ...([entry.weights, entry.rowCount, entry.radiusSquared, entry.selfProduct] as const),
  ] as const;
}

function publishedValues({ published }: Placing) {
  const { spaceVersion, rows, points, weights, radiusSquared } = published ?? NOTHING;
  return [spaceVersion, rows, points, weights, radiusSquared] as const;
}

const NOTHING = {
  spaceVersion: null,
  rows: null,
  points: null,
  weights: null,
  radiusSquared: null,
};

/** In place of what the space has under these numbers. */
export async function placeAll(
  tx: Sql,
  space: number,
  vectorType: Database["vectorType"],
  entries: readonly Placing[],
): Promise<void> {
  const numbers = entries.map(({ number }) => number);
  for (const table of ["specification", "sketch"]) {
    await tx.query(`delete from ${table}_${space} where number = any($1::bigint[])`, [numbers]);
  }
  const stored = [
    "int8",
    "int4",
    "int4",
    "int4",
    "bytea",
    "bytea",
    "int8",
    "float8",
    "float8",
  ] as const;
  const published = ["int4", "int4", "bytea", "bytea", "float8"] as const;
  await tx.copy(
    `specification_${space} (${columnsOf(entries)})`,
    entries.some((entry) => entry.published)
      ? binaryCopy(
          [...stored, ...published],
          entries.map((entry) => [...storedValues(entry), ...publishedValues(entry)] as const),
        )
      : binaryCopy(stored, entries.map(storedValues)),
  );
  await tx.copy(
    `sketch_${space} (number, task, numbers)`,
    binaryCopy(
      ["int8", "text", vectorType],
      entries.map(({ number, task, sketch }) => [number, task, sketch] as const),
    ),
  );
}

/** Takes a learnware of an island off every version of its space. */
export async function takeOffSpaces(tx: Sql, islandId: string, number: string): Promise<void> {
  const rows = await tx.query<{ space: number }>(
    `select v.number as space from space_version v join island i using (space_id)
     where i.id = $1 and v.state <> 'retired'`,
    [islandId],
  );
  for (const { space } of rows) {
    await tx.query(`delete from specification_${space} where number = $1`, [number]);
    await tx.query(`delete from sketch_${space} where number = $1`, [number]);
  }
}
