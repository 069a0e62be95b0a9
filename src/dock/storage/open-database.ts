import { join } from "node:path";

import type { Database } from "./database/database";
import { PgliteDatabase } from "./database/pglite/pglite-database";
import { PostgresDatabase } from "./database/postgres/postgres-database";
import { searchSettings } from "./sql/sql-search";

export interface DatabaseOptions {
  /** Where the embedded database lies. */
  readonly dataDirectory: string;
  /** A PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** A replica of it, to read from. */
  readonly databaseReadUrl?: string | undefined;
}

/**
 * Open the database that the options name. The embedded one is for one process at a time: the caller
 * holds its directory.
 *
 * @throws AppError `network_failed` if it cannot be opened, or a server cannot be reached.
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { dataDirectory, databaseUrl, databaseReadUrl } = options;
  const sessionSettings = searchSettings;
  if (!databaseUrl) {
    return PgliteDatabase.open({ directory: embeddedIn(dataDirectory), sessionSettings });
  }
  const readUrl = databaseReadUrl ? { readUrl: databaseReadUrl } : {};
  return PostgresDatabase.open({ url: databaseUrl, ...readUrl, sessionSettings });
}

/** The directory of the embedded database. */
export function embeddedIn(dataDirectory: string): string {
  return join(dataDirectory, "db");
}
