import { AppError } from "../../contracts/outcome";
import { type DatabaseOptions, openDatabase } from "./open-database";
import type { Database } from "./database/database";
import type { LearnwareStore } from "./learnware-store";
import { ShardedStore } from "./sql/sharded-store";
import { SqlStore } from "./sql/sql-store";

export interface ServedOptions extends DatabaseOptions {
  /**
   * Addresses of further PostgreSQL databases, by names that never change. Each has the islands that
   * were placed on it.
   */
  readonly shards?: Readonly<Record<string, string>> | undefined;
}

interface Served {
  readonly store: LearnwareStore;
  /** The main one. */
  readonly database: Database;
  /** All that learnwares are in. */
  readonly databases: readonly Database[];
  /** Has an island that is to come live on a shard; null where there are none. */
  readonly placeIsland: ((islandId: string, shard: string) => Promise<void>) | null;
  close(): Promise<void>;
}

/** Open the PostgreSQL servers that the options name; all of them or none. */
export async function openServed({ shards, ...options }: ServedOptions): Promise<Served> {
  const databases: Database[] = [];
  const close = async () => {
    await Promise.all(databases.map((database) => database.close()));
  };
  try {
    const database = await openDatabase(options);
    databases.push(database);
    const opened = new Map<string, Database>();
    for (const [name, databaseUrl] of Object.entries(shards ?? {})) {
      if (databaseUrl === options.databaseUrl) {
        throw new AppError("bad_parameter", `the shard ${name} is the main database`);
      }
      const shard = await openDatabase({ dataDirectory: options.dataDirectory, databaseUrl });
      databases.push(shard);
      opened.set(name, shard);
    }
    if (opened.size === 0) {
      const store = await SqlStore.open(database);
      return { store, database, databases, placeIsland: null, close };
    }
    const store = await ShardedStore.open(database, opened);
    const placeIsland = (islandId: string, shard: string) => store.placeIsland(islandId, shard);
    return { store, database, databases, placeIsland, close };
  } catch (error) {
    await close();
    throw error;
  }
}
