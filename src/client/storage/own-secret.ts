import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import { type Secret, SECRET_BYTES } from "../../engine/specification/keyed/secret";

interface SecretSchema extends DBSchema {
  secrets: { key: string; value: Secret };
}

/** Some browsers neither open a database nor say that they will not. */
const OPEN_MS = 3000;
const STORE = "secrets";
const OWN = "own";

/**
 * The secret of this browser, by which half of a table's rows is picked before anything of them leaves. It is made
 * when it is first asked for, the same in every tab, and never leaves. Where the browser keeps nothing it lasts as
 * long as the page.
 */
export class OwnSecret {
  readonly #name: string;
  #database: Promise<IDBPDatabase<SecretSchema> | null> | null = null;
  #inMemory: Secret | null = null;

  constructor(databaseName = "berth-secret") {
    this.#name = databaseName;
  }

  /** 32 bytes. */
  async get(): Promise<Secret> {
    const held = await this.#attempt(async (database) => {
      // One transaction: of two tabs that come at once, the second takes what the first has made.
      const shelf = database.transaction(STORE, "readwrite").store;
      const found = await shelf.get(OWN);
      if (found?.length === SECRET_BYTES) return found;
      const made = fresh();
      await shelf.put(made, OWN);
      return made;
    });
    return held ?? (this.#inMemory ??= fresh());
  }

  /**
   * Forget it: the next is another. Who has seen what was made of the same rows by both learns more than from one, since
   * three quarters of the rows were picked by one or the other.
   */
  async renew(): Promise<void> {
    this.#inMemory = null;
    await this.#attempt(async (database) => database.delete(STORE, OWN));
  }

  async #attempt<T>(
    use: (database: IDBPDatabase<SecretSchema>) => Promise<T>,
  ): Promise<T | undefined> {
    this.#database ??= open(this.#name);
    const database = await this.#database;
    return database ? use(database).catch(() => undefined) : undefined;
  }
}

function fresh(): Secret {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
}

async function open(name: string): Promise<IDBPDatabase<SecretSchema> | null> {
  try {
    const opening = openDB<SecretSchema>(name, 1, {
      upgrade: (database) => void database.createObjectStore(STORE),
    });
    const nothing = new Promise<null>((done) => setTimeout(() => done(null), OPEN_MS));
    return await Promise.race([opening, nothing]);
  } catch {
    return null; // No IndexedDB here, or not for this site.
  }
}
