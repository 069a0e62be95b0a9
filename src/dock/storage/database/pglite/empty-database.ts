/** @file What a new database begins with. PGlite takes seconds to make it and a moment to unpack it, so it is made when Berth is installed. */

import { readFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { PGlite } from "@electric-sql/pglite";

/** Another version of PGlite has another. */
const file = fileURLToPath(new URL(`./empty-${pgliteVersion()}.tar`, import.meta.url));

/** @returns Nothing where it was not made: PGlite then makes a database by itself. */
export async function readEmptyDatabase(): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(file)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written under another name first: who reads it meanwhile finds all of it or none. */
export async function makeEmptyDatabase(): Promise<void> {
  const database = await PGlite.create("memory://");
  const dump = await database.dumpDataDir("none");
  await database.close();
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, dump.stream());
  await rename(draft, file);
}

function pgliteVersion(): string {
  const description = new URL("../package.json", import.meta.resolve("@electric-sql/pglite"));
  return /"version": *"([\w.-]+)"/.exec(readFileSync(description, "utf8"))?.[1] ?? "unknown";
}
