import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import type { Database } from "../database/database";

const directory = fileURLToPath(new URL("migrations", import.meta.url));

interface Row {
  readonly name: string;
}

/** Any number that no other program of the same database takes. */
const LOCK = 7_365_001;

/**
 * Bring a database up to date: every numbered SQL file that it has not seen, in order, each in a
 * transaction of its own together with the note that it ran. Docks that start together on one
 * database wait for each other.
 */
export async function migrate(database: Database): Promise<void> {
  const seen = await seenBy(database);
  for (const { name, sql } of await readMigrations()) {
    if (seen.has(name)) continue;
    await database.transaction(async (tx) => {
      await tx.script("set local statement_timeout = 0"); // Indexes of many learnwares take longer.
      await tx.query("select pg_advisory_xact_lock($1)", [LOCK]);
      await tx.script(
        "create table if not exists migration (name text primary key, applied_at timestamptz not null default now())",
      );
      const since = await tx.query("select 1 from migration where name = $1", [name]);
      if (since.length > 0) return;
      await tx.script(sql.replaceAll("SKETCH_TYPE", database.vectorType));
      await tx.query("insert into migration (name) values ($1)", [name]);
    });
  }
}

async function seenBy(database: Database): Promise<ReadonlySet<string>> {
  const there = await database.query("select 1 where to_regclass('migration') is not null");
  const rows = there.length > 0 ? await database.query<Row>("select name from migration") : [];
  return new Set(rows.map(({ name }) => name));
}

/** In the order in which they are applied. */
export async function readMigrations(): Promise<{ readonly name: string; readonly sql: string }[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(directory, name), "utf8") })),
  );
}
