/** @file What a new database begins with: Berth's tables, empty. PGlite takes seconds to make this and a moment to open it, so it is made when Berth is installed. */

import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { MemoryFS, PGlite } from "@electric-sql/pglite";

import { migrate, readMigrations } from "../../sql/migrate";
import { packFolder, unpackFolder } from "./packed-folder";
import { PgliteDatabase } from "./pglite-database";

const here = fileURLToPath(new URL(".", import.meta.url));
const KIND = ".packed";

/** @returns Nothing where it was not made: PGlite then makes a database by itself. */
export async function readNewDatabase(): Promise<Buffer | undefined> {
  try {
    return await readFile(await place());
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

/** What of PGlite's module is needed here: the types it names for it are no part of the package. */
interface Files {
  readonly WASM_PREFIX: string;
  readonly FS: {
    mkdirTree(path: string, mode: number): void;
    writeFile(path: string, bytes: Uint8Array, options: { readonly canOwn: boolean }): void;
    truncate(path: string, size: number): void;
  };
}

/** In memory: files are parts of what was read until they grow. */
export class UnpackedInMemory extends MemoryFS {
  readonly #packed: Buffer;

  constructor(packed: Buffer) {
    super();
    this.#packed = packed;
  }

  override initialSyncFs(): Promise<void> {
    const { FS: files, WASM_PREFIX: prefix } = this.pg!.Module as unknown as Files;
    const root = `${prefix}/data`;
    files.mkdirTree(root, 0o700);
    for (const { path, size, bytes } of unpackFolder(this.#packed)) {
      const to = `${root}/${path}`;
      if (size === null) {
        files.mkdirTree(to, 0o700);
        continue;
      }
      files.writeFile(to, bytes, { canOwn: true });
      if (size > bytes.length) files.truncate(to, size);
    }
    return Promise.resolve();
  }
}

/**
 * Without the templates of further databases, which nobody makes in it, and in segments of 1 MB: a third of the files
 * and a quarter of the bytes. Written under another name first: who reads it meanwhile finds all of it or none.
 */
export async function makeNewDatabase(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "berth-new-"));
  const directory = join(folder, "db");
  const made = await PGlite.create(directory, { initDbStartParams: ["--wal-segsize=1"] });
  await made.exec("update pg_database set datistemplate = false");
  for (const name of ["template0", "template1"]) await made.exec(`drop database ${name}`);
  await made.close();
  const database = await PgliteDatabase.open({ directory });
  await migrate(database);
  await database.close();
  const file = await place();
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, packFolder(directory));
  await rename(draft, file);
  await rm(folder, { recursive: true });
  for (const name of await readdir(here)) {
    const other = join(here, name);
    if (other.endsWith(KIND) && other !== file) await rm(other, { force: true });
  }
}

/** Named by all that it is made of: another PGlite and other tables have another. */
async function place(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of ["pglite", "pglite-pgvector"]) {
    const script = import.meta.resolve(`@electric-sql/${name}`);
    const description = readFileSync(new URL("../package.json", script), "utf8");
    hash.update(/"version": *"([\w.-]+)"/.exec(description)?.[1] ?? "unknown");
  }
  for (const { name, sql } of await readMigrations()) hash.update(JSON.stringify([name, sql]));
  return join(here, `new-${hash.digest("hex").slice(0, 16)}${KIND}`);
}
