import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import { AppError } from "../../contracts/outcome";
import type { Fetching } from "../dock/ask";
import type { Dock, PackageName } from "../dock/dock";
import { sha256Of } from "./sha256";

interface CacheSchema extends DBSchema {
  /** Zips by their SHA-256. */
  packages: { key: string; value: Uint8Array<ArrayBuffer> };
}

/** Some browsers neither open a database nor say that they will not. */
const OPEN_MS = 3000;

type Database = IDBPDatabase<CacheSchema>;

/** Learnware zips, each fetched once and kept in this browser. Without IndexedDB it fetches every time. */
export class PackageCache {
  readonly #dock: Pick<Dock, "packageBytes">;
  readonly #name: string;
  #database: Promise<Database | null> | null = null;

  constructor(dock: Pick<Dock, "packageBytes">, databaseName = "berth-packages") {
    this.#dock = dock;
    this.#name = databaseName;
  }

  /**
   * The zip with this hash, from the cache or the dock.
   *
   * @throws AppError `hash_mismatch` if the dock sent something else; it is not kept.
   */
  async get(card: PackageName, fetching: Fetching = {}): Promise<Uint8Array<ArrayBuffer>> {
    const held = await this.#read(card.sha256);
    if (held) {
      if ((await sha256Of(held)) === card.sha256) return held;
      await this.#forget(card.sha256);
    }
    const bytes = await this.#dock.packageBytes(card, fetching);
    if ((await sha256Of(bytes)) !== card.sha256) {
      throw new AppError("hash_mismatch", `the zip of ${card.id} is not the one its card names`);
    }
    await this.#keep(card.sha256, bytes);
    return bytes;
  }

  /** Whether the zip is here already, so that nothing would be fetched. */
  async has(sha256: string): Promise<boolean> {
    return (await this.#attempt(async (database) => database.count("packages", sha256))) === 1;
  }

  /** Forget every zip. */
  async clear(): Promise<void> {
    await this.#attempt(async (database) => database.clear("packages"));
  }

  async #read(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return (await this.#attempt(async (database) => database.get("packages", sha256))) ?? null;
  }

  async #keep(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#attempt(async (database) => database.put("packages", bytes, sha256));
  }

  async #forget(sha256: string): Promise<void> {
    await this.#attempt(async (database) => database.delete("packages", sha256));
  }

  /** Use the database if there is one: a private window or a full disk only costs the cache. */
  async #attempt<T>(use: (database: Database) => Promise<T>): Promise<T | undefined> {
    this.#database ??= open(this.#name);
    const database = await this.#database;
    return database ? use(database).catch(() => undefined) : undefined;
  }
}

async function open(name: string): Promise<Database | null> {
  try {
    const opening = openDB<CacheSchema>(name, 1, {
      upgrade: (database) => void database.createObjectStore("packages"),
    });
    return await Promise.race([opening, nothingAfter(OPEN_MS)]);
  } catch {
    return null; // No IndexedDB here, or not for this site.
  }
}

function nothingAfter(ms: number): Promise<null> {
  return new Promise((done) => setTimeout(() => done(null), ms));
}
