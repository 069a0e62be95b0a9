/** @file What a new database begins with: Berth's tables, empty. PGlite takes seconds to make this and a moment to open it, so it is made when Berth is installed. */

import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { readMigrations } from "../../sql/migrate";
import { unpackFolder } from "./packed-folder";

const here = fileURLToPath(new URL(".", import.meta.url));

/** @returns Nothing where it was not made: PGlite then makes a database by itself. */
export async function readNewDatabase(): Promise<Buffer | undefined> {
  try {
    return await readFile(await newDatabasePlace());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** On the disk. */
export function unpackInto(directory: string, packed: Buffer): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const { path, size, bytes } of unpackFolder(packed)) {
    const to = join(directory, path);
    if (size === null) {
      mkdirSync(to, { mode: 0o700 });
      continue;
    }
    const file = openSync(to, "wx", 0o600);
    writeSync(file, bytes);
    if (size > bytes.length) ftruncateSync(file, size);
    closeSync(file);
  }
}

/** Named by all that it is made of: another PGlite and other tables have another. */
export async function newDatabasePlace(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of ["pglite", "pglite-pgvector"]) {
    const script = import.meta.resolve(`@electric-sql/${name}`);
    const description = readFileSync(new URL("../package.json", script), "utf8");
    hash.update(/"version": *"([\w.-]+)"/.exec(description)?.[1] ?? "unknown");
  }
  for (const { name, sql } of await readMigrations()) hash.update(JSON.stringify([name, sql]));
  return join(here, `new-${hash.digest("hex").slice(0, 16)}.packed`);
}
