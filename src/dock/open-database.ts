import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Database } from "./store/database";
import { lockDirectory } from "./store/directory-lock";
import { PgliteDatabase } from "./store/pglite-database";
import { PostgresDatabase } from "./store/postgres-database";
import { searchSettings } from "./store/sql-search";

export interface DatabaseOptions {
  /** Where the embedded database lies; made if it is missing. */
  readonly dataDirectory: string;
  /** A PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** A replica of it, to read from. */
  readonly databaseReadUrl?: string | undefined;
}

export interface OpenDatabase {
  readonly database: Database;
  /** Closes it, and gives the directory back. */
  close(): Promise<void>;
}

/**
 * Open the database that the options name. The embedded one is for one process at a time.
 *
 * @throws Error with `code` "EBUSY" if another process has the embedded one; AppError
 *   `network_failed` if a server cannot be reached.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { dataDirectory, databaseUrl, databaseReadUrl } = options;
  const sessionSettings = searchSettings;
  if (databaseUrl) {
    const readUrl = databaseReadUrl ? { readUrl: databaseReadUrl } : {};
    const database = await PostgresDatabase.open({ url: databaseUrl, ...readUrl, sessionSettings });
    return { database, close: () => database.close() };
  }
  await mkdir(dataDirectory, { recursive: true });
  const unlock = await lockDirectory(dataDirectory);
  try {
    const directory = join(dataDirectory, "db");
    const database = await PgliteDatabase.open({ directory, sessionSettings });
    return {
      database,
      close: async () => {
        await database.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
