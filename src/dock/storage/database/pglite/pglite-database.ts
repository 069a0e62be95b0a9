import { readFile } from "node:fs/promises";

import type { Database, SessionSettings, Sql, SqlValue } from "../database";
import { AppError } from "../../../../contracts/outcome";
import { Mutex } from "../../../../engine/ground/mutex";
import { spawnThread } from "../../../../runtime/threads/node/spawn-thread";
import { Thread } from "../../../../runtime/threads/thread";
import { DatabaseError } from "../database-error";
import { applySettings } from "../session-settings";
import { inTransaction } from "../transaction";
import { readNewDatabase, unpackInto } from "./new-database";
import type { PgliteApi } from "./pglite-api";

const script = new URL("./pglite.thread.ts", import.meta.url);

/** What a thread's machine code was made of as it ran is there for the next: opening takes half of the time. */
let wasm: Promise<WebAssembly.Module> | undefined;

export interface PgliteOptions {
  /** Made if it is missing; in memory without it. */
  readonly directory?: string;
  readonly sessionSettings?: SessionSettings;
  /** A new one has no tables; else it has Berth's, where what it begins with was made. */
  readonly isBare?: boolean;
}

/**
 * PostgreSQL compiled to WASM, in a thread of its own. It has one connection: statements and
 * transactions wait for each other, so that within a transaction only `tx` may be asked.
 */
export class PgliteDatabase implements Database {
  readonly vectorType = "vector";
  readonly buildsBesides = false;
  readonly #thread: Thread<PgliteApi>;
  readonly #connection: Sql;
  readonly #mutex = new Mutex();

  private constructor(thread: Thread<PgliteApi>) {
    this.#thread = thread;
    this.#connection = new Connection(thread);
  }

  /**
   * PGlite takes no lock of its own: the caller sees to it that nobody else has the directory open.
   *
   * @throws AppError `network_failed` if the directory cannot be opened.
   */
  static async open(options: PgliteOptions = {}): Promise<PgliteDatabase> {
    const { directory, isBare } = options;
    const input = { directory, isBare, wasm: await (wasm ??= compile()) };
    const database = new PgliteDatabase(new Thread(spawnThread(script, { input })));
    await applySettings(database, options.sessionSettings ?? {});
    return database;
  }

  /** Makes a new one in a directory, which is not opened where what it begins with lies ready. */
  static async make(directory: string): Promise<void> {
    const packed = await readNewDatabase();
    if (packed) unpackInto(directory, packed);
    else await (await PgliteDatabase.open({ directory })).close();
  }

  get reader(): Sql {
    return this;
  }

  query<Row extends object>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#mutex.take(() => this.#connection.query<Row>(sql, values));
  }

  script(sql: string): Promise<void> {
    return this.#mutex.take(() => this.#connection.script(sql));
  }

  copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#mutex.take(() => this.#connection.copy(into, stream));
  }

  copyOut(query: string): Promise<Uint8Array> {
    return this.#mutex.take(() => this.#connection.copyOut(query));
  }

  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#mutex.take(() => inTransaction(this.#connection, work));
  }

  /** After what was asked before; does nothing if the thread is gone. */
  close(): Promise<void> {
    return this.#mutex.take(async () => {
      if (this.#thread.isAlive) await this.#thread.call("close", []).catch(refuse);
      await this.#thread.end();
    });
  }
}

async function compile(): Promise<WebAssembly.Module> {
  const place = new URL("pglite.wasm", import.meta.resolve("@electric-sql/pglite"));
  return WebAssembly.compile(await readFile(place));
}

class Connection implements Sql {
  readonly #thread: Thread<PgliteApi>;

  constructor(thread: Thread<PgliteApi>) {
    this.#thread = thread;
  }

  async query<Row extends object>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const owned = values.map((value) => (value instanceof Uint8Array ? copyOf(value) : value));
    const moved = owned.filter((value) => value instanceof Uint8Array).map(({ buffer }) => buffer);
    const answer = await this.#thread.call("query", [sql, owned], { moved }).catch(refuse);
    for (const row of answer.rows) {
      for (const name of answer.bytesColumns) row[name] = toBuffer(row[name]);
    }
    return answer.rows as Row[];
  }

  async script(sql: string): Promise<void> {
    await this.#thread.call("script", [sql]).catch(refuse);
  }

  async copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of stream) chunks.push(copyOf(chunk));
    const moved = chunks.map(({ buffer }) => buffer);
    await this.#thread.call("copy", [into, chunks], { moved }).catch(refuse);
  }

  copyOut(query: string): Promise<Uint8Array> {
    return this.#thread.call("copyOut", [query]).catch(refuse);
  }
}

/** @throws DatabaseError, or AppError `network_failed` once the thread is gone. */
function refuse(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const { code, message, details } = error;
  if (code === "worker_died" || code === "aborted") {
    const reason = `the database cannot be reached: ${message}`;
    throw new AppError("network_failed", reason, {}, { cause: error });
  }
  const { sqlState, constraint } = details;
  if (sqlState === undefined) throw new Error(message, { cause: error });
  throw new DatabaseError(message, String(sqlState), constraint?.toString());
}

/** In a buffer of its own, which can be given away. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function toBuffer(value: unknown): unknown {
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;
}
