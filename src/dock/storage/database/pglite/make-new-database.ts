/** @file `npm run build:database`: makes what new embedded databases begin with. */

import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";

import { PGlite } from "@electric-sql/pglite";

import { migrate } from "../../sql/migrate";
import { newDatabasePlace } from "./new-database";
import { packFolder } from "./packed-folder";
import { PgliteDatabase } from "./pglite-database";

/**
 * Without the templates of further databases, which nobody makes in it, and in segments of 1 MB: a third of the files
 * and a quarter of the bytes. Written under another name first: who reads it meanwhile finds all of it or none.
 */
async function makeNewDatabase(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "berth-new-"));
  const directory = join(folder, "db");
  const made = await PGlite.create(directory, { initDbStartParams: ["--wal-segsize=1"] });
  await made.exec("update pg_database set datistemplate = false");
  for (const name of ["template0", "template1"]) await made.exec(`drop database ${name}`);
  await made.close();
  const database = await PgliteDatabase.open({ directory });
  await migrate(database);
  await database.close();
  const file = await newDatabasePlace();
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, packFolder(directory));
  await rename(draft, file);
  await rm(folder, { recursive: true });
  for (const name of await readdir(dirname(file))) {
    const other = join(dirname(file), name);
    if (extname(name) === extname(file) && other !== file) await rm(other, { force: true });
  }
}

await makeNewDatabase();
