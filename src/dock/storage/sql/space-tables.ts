/**
 * @file The tables of a space: `specification_<space>` and `sketch_<space>`. They lie on this server,
 * or foreign tables of these names stand for them where an operator has put them on another one
 * (docs/operating.md). What a foreign table cannot do is asked of its server through `dblink`.
 */

import { SKETCH_LENGTH, sketchLength } from "../../../contracts/wire/sketch-length";
import type { Database, Sql } from "../database/database";
import type { SpaceVersion } from "../learnware-store";

const TABLES = ["specification", "sketch"] as const;
/** Of a learnware in the graph, beside the numbers of its sketch, as pgvector 0.8 takes them. */
const GRAPH_BYTES = 850;

/** The server that the tables of a space lie on, as PostgreSQL calls it; null if they are here. */
async function serverOf(sql: Sql, space: number): Promise<string | null> {
  const [row] = await sql.query<{ server: string }>(
    `select s.srvname as server from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver
     where t.ftrelid = to_regclass($1)`,
    [`sketch_${space}`],
  );
  return row?.server ?? null;
}

/** Makes them where those of another space are, if one is given. */
export async function createTables(
  tx: Sql,
  { number: space, definition }: SpaceVersion,
  beside: number | null,
  vectorType: Database["vectorType"],
): Promise<void> {
  const server = beside === null ? null : await serverOf(tx, beside);
  const count = sketchLength(definition);
  const fit = `alter table sketch_${space} alter numbers type ${vectorType}(${count}), alter numbers set storage plain`;
  if (server === null) {
    for (const table of TABLES) {
      await tx.script(`create table ${table}_${space} (like ${table} including all)`);
    }
    if (count !== SKETCH_LENGTH) await tx.script(fit);
    return;
  }
  for (const table of TABLES) await run(tx, server, await definitionOf(tx, table, space));
  if (count !== SKETCH_LENGTH) await run(tx, server, fit);
  const names = TABLES.map((table) => `${table}_${space}`).join();
  await tx.script(
    `do $$ begin execute format('import foreign schema public limit to (${names}) from server %I into %I',
       '${server.replaceAll("'", "''")}', current_schema()); end $$`,
  );
}

export async function dropTables(tx: Sql, space: number): Promise<void> {
  const server = await serverOf(tx, space);
  const names = TABLES.map((table) => `${table}_${space}`).join();
  if (server === null) return tx.script(`drop table if exists ${names}`);
  await run(tx, server, `drop table if exists ${names}`);
  await tx.script(`drop foreign table ${names}`);
}

/**
 * Makes the index of sketches by distance unless it is there. The graph is built in memory; what does not
 * fit is added several times as slowly.
 */
export async function createIndex(
  tx: Sql,
  { number: space, definition }: SpaceVersion,
  vectorType: Database["vectorType"],
): Promise<void> {
  const bytes = sketchLength(definition) * (vectorType === "halfvec" ? 2 : 4) + GRAPH_BYTES;
  // m and ef_construction as measured for clustered learnwares.
  const index = `create index if not exists sketch_${space}_near on sketch_${space}
    using hnsw (numbers ${vectorType}_l2_ops) with (m = 16, ef_construction = 64)`;
  const memory = `select set_config('maintenance_work_mem', greatest(
       pg_size_bytes(current_setting('maintenance_work_mem')),
       least(2097151 * 1024::bigint, count(*) * ${bytes})) / 1024 || 'kB', true)
     from sketch_${space}`;
  const server = await serverOf(tx, space);
  if (server === null) {
    await tx.query(memory);
    await tx.script(index);
  } else {
    await run(tx, server, `do $$ begin perform * from (${memory}) m; ${index}; end $$`);
  }
}

export async function dropIndex(sql: Sql, space: number): Promise<void> {
  const server = await serverOf(sql, space);
  const drop = `drop index if exists sketch_${space}_near`;
  await (server === null ? sql.script(drop) : run(sql, server, drop));
}

/** Outside the transaction: what is made there stays if it fails here. Numbers are never used again. */
async function run(sql: Sql, server: string, statement: string): Promise<void> {
  await sql.query("select dblink_exec($1, $2)", [server, statement]);
}

/** The statements that make a table like the empty one that every space's is made after. */
async function definitionOf(
  sql: Sql,
  table: (typeof TABLES)[number],
  space: number,
): Promise<string> {
  const [row] = await sql.query<{ columns: string; storage: string }>(
    `select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod))
         || case when attnotnull then ' not null' else '' end, ', '
         order by attnum) as columns,
       string_agg(format('alter %I set storage %s', attname,
         case attstorage when 'p' then 'plain' else 'external' end), ', ')
         filter (where attstorage <> typstorage) as storage
     from pg_attribute join pg_type t on t.oid = atttypid
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  const { columns, storage } = row!;
  const name = `${table}_${space}`;
  return `create table ${name} (${columns}, primary key (number)); alter table ${name} ${storage}`;
}
