/** @file Where specifications and sketches lie, and how they are found. */

import { LEAST_SIMILARITY, type SemanticFilter } from "../../engine/search/semantic-filter";
import { binaryCopy } from "./binary-copy";
import type { Database, Sql, SqlValue } from "./database";
import type {
  MatchQuery,
  Neighbour,
  NeighbourQuery,
  Placed,
  Placing,
  Space,
  TextMatch,
} from "./learnware-store";
import { conditionsOf } from "./semantic-filter";
import { missingFrom } from "./sql-islands";
import {
  binarySpecifications,
  type CardRow,
  type NeighbourRow,
  type PlacedRow,
  specificationColumns,
  toCard,
  toNeighbour,
  toPlaced,
  toSpecifications,
  toVector,
} from "./sql-rows";

/** Of so few learnwares every one is compared; the index finds better among more. */
const FEW = 2000;

/**
 * For the session: how many candidates the index looks at, of which 200 are answered (pgvector
 * answers no more than this), that it goes on while a filter leaves too few, and that reading here
 * and there costs hardly more than in a row: an index is mostly in memory.
 */
export const searchSettings = {
  "hnsw.ef_search": "800",
  "hnsw.iterative_scan": "relaxed_order",
  random_page_cost: "1.1",
  "pg_trgm.word_similarity_threshold": String(LEAST_SIMILARITY),
} as const;

export async function nearest(
  database: Pick<Database, "reader" | "vectorType">,
  { number: space, island }: Space,
  sketch: Float32Array,
  { limit, task, filter = {}, distinct = false }: NeighbourQuery,
): Promise<Neighbour[]> {
  const sql = database.reader;
  const target = `$1::${database.vectorType}`;
  const values: SqlValue[] = [toVector(sketch), limit];
  const conditions = ["true"];
  if (task !== undefined) conditions.push(`k.task = $${values.push(task)}`);
  if (distinct) {
    conditions.push("(select l.covered_by is null from learnware l where l.number = k.number)");
  }
  const few = await fewMatching(sql, island.id, filter);
  if (few) {
    conditions.push(`k.number = any($${values.push(few)}::bigint[])`);
  } else {
    const more = conditionsOf(filter, values.length + 1);
    values.push(...more.values);
    if (more.conditions.length > 0) {
      // A subquery that is not flattened into a join, so that the index drives the scan.
      conditions.push(
        `(select true from learnware l where l.number = k.number and ${more.conditions.join(" and ")})`,
      );
    }
  }
  const where = conditions.join(" and ");
  const near = few
    ? `matching as materialized (select k.number, k.numbers <-> ${target} as distance, -(k.numbers <#> k.numbers) as self from sketch_${space} k where ${where}),
       near as (select number, distance, self from matching order by distance limit $2)`
    : `near as materialized (select k.number, k.numbers <-> ${target} as distance, -(k.numbers <#> k.numbers) as self from sketch_${space} k where ${where} order by k.numbers <-> ${target} limit $2)`;
  const rows = await sql.query<NeighbourRow>(
    `with ${near}
     select n.number, n.distance, n.self, l.id, l.target, l.covered_by
     from near n join learnware l using (number) order by n.distance, n.number`,
    values,
  );
  const numbers = rows.map(({ number }) => number);
  const specifications = toSpecifications(await sql.copyOut(binarySpecifications(space, numbers)));
  return rows.flatMap((row) => {
    const specification = specifications.get(row.number);
    return specification ? [toNeighbour(row, specification)] : []; // Removed meanwhile.
  });
}

/** The learnwares of an island that pass a filter, if it is one and they are few; else null. */
async function fewMatching(
  sql: Sql,
  islandId: string,
  filter: SemanticFilter,
): Promise<string[] | null> {
  const { conditions, values } = conditionsOf(filter, 3);
  if (conditions.length === 0) return null;
  const rows = await sql.query<{ number: string }>(
    `select l.number from learnware l where l.island_id = $1 and l.deleted_at is null
     and ${conditions.join(" and ")} limit $2`,
    [islandId, FEW + 1, ...values],
  );
  return rows.length > FEW ? null : rows.map(({ number }) => number);
}

export async function match(
  sql: Sql,
  { filter, islandIds, task, after, limit }: MatchQuery,
): Promise<TextMatch[]> {
  const asked = filter.text?.trim().toLowerCase() ?? "";
  const { conditions, values } = conditionsOf(filter, 7);
  const where = [
    "l.deleted_at is null",
    "($2::text[] is null or l.island_id = any($2))",
    "($3::text is null or l.task = $3)",
    ...conditions,
  ].join(" and ");
  // Two numbers that order as the pair would: redundant ones after all others.
  const rank = `round((case when l.covered_by is null then 2 else 0 end
    + case when $1 = '' then 0 when l.search_text like '%' || $1 || '%' then 1
      else word_similarity($1, l.search_text) end)::numeric, 6)::float8`;
  const rows = await sql.query<CardRow & { rank: number; covered_by: string | null }>(
    `select m.rank, m.covered_by, v.card from (select l.id, l.number, l.version, l.covered_by, ${rank} as rank from learnware l where ${where}) m
     join learnware_version v using (number, version)
     where $4::float8 is null or m.rank < $4 or m.rank = $4 and m.id > $5
     order by m.rank desc, m.id limit $6`,
    [
      asked,
      islandIds ?? null,
      task ?? null,
      after?.rank ?? null,
      after?.id ?? null,
      limit,
      ...values,
    ],
  );
  return rows.map((row) => ({ card: toCard(row), rank: row.rank, coveredBy: row.covered_by }));
}

const placedColumns = `l.number, s.version, l.id, l.task, l.target, l.covered_by, k.numbers::text as numbers, ${specificationColumns}`;

export async function placed(
  sql: Sql,
  { number: space }: Space,
  after: string,
  limit: number,
): Promise<Placed[]> {
  const rows = await sql.query<PlacedRow>(
    `select ${placedColumns} from specification_${space} s
     join sketch_${space} k using (number) join learnware l using (number)
     where s.number > $1 order by s.number limit $2`,
    [after, limit],
  );
  return rows.map(toPlaced);
}

/** @param current - The space that the learnwares are on now. */
export async function missing(
  sql: Sql,
  { number: space, island }: Space,
  current: Space,
  limit: number,
): Promise<Placed[]> {
  const rows = await sql.query<PlacedRow>(
    `with lacking as (${missingFrom(space)} limit $2)
     select ${placedColumns} from lacking join learnware l using (number)
     join specification_${current.number} s using (number)
     join sketch_${current.number} k using (number)`,
    [island.id, limit],
  );
  return rows.map(toPlaced);
}

export async function place(tx: Sql, space: number, placing: Placing): Promise<void> {
  const { number, version, task, sketch, ...specification } = placing;
  await tx.query(
    `insert into specification_${space} (number, version, rows, cols, points, weights, row_count,
       radius_squared, self_product) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[number, version, specification.rows, specification.cols],
      ...[specification.points, specification.weights, specification.rowCount],
      ...[specification.radiusSquared, specification.selfProduct],
    ],
  );
  await tx.query(`insert into sketch_${space} (number, task, numbers) values ($1, $2, $3)`, [
    number,
    task,
    toVector(sketch),
  ]);
}

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
  await tx.copy(
    `specification_${space} (number, version, rows, cols, points, weights, row_count,
       radius_squared, self_product)`,
    binaryCopy(
      ["int8", "int4", "int4", "int4", "bytea", "bytea", "int8", "float8", "float8"],
      entries.map((entry) => [
        ...([entry.number, entry.version, entry.rows, entry.cols, entry.points] as const),
        ...([entry.weights, entry.rowCount, entry.radiusSquared, entry.selfProduct] as const),
      ]),
    ),
  );
  await tx.copy(
    `sketch_${space} (number, task, numbers)`,
    binaryCopy(
      ["int8", "text", vectorType],
      entries.map(({ number, task, sketch }) => [number, task, sketch] as const),
    ),
  );
}

/** Takes a learnware off every version of its island. */
export async function takeOffSpaces(tx: Sql, islandId: string, number: string): Promise<void> {
  const rows = await tx.query<{ space: number }>(
    "select space from island_version where island_id = $1 and state <> 'retired'",
    [islandId],
  );
  for (const { space } of rows) {
    await tx.query(`delete from specification_${space} where number = $1`, [number]);
    await tx.query(`delete from sketch_${space} where number = $1`, [number]);
  }
}
