import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { PGlite } from "@electric-sql/pglite";

/**
 * Bring a database up to date: every numbered SQL file that it has not seen, in order, each in a
 * transaction of its own together with the note that it ran.
 */
export async function migrate(db: PGlite, directory: string): Promise<void> {
  await db.exec(
    "create table if not exists migration (name text primary key, applied_at timestamptz not null default now())",
  );
  const { rows } = await db.query<{ name: string }>("select name from migration");
  const applied = new Set(rows.map(({ name }) => name));
  const files = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  for (const name of files.filter((file) => !applied.has(file))) {
    const sql = await readFile(join(directory, name), "utf8");
    await db.transaction(async (tx) => {
      await tx.exec(sql);
      await tx.query("insert into migration (name) values ($1)", [name]);
    });
  }
}
