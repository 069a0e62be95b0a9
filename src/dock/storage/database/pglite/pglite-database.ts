import type { Database, SessionSettings, Sql, SqlValue } from "../database";
import { PgliteWorker } from "./pglite-worker";
import { applySettings } from "../session-settings";
import { inTransaction } from "../transaction";
import { Mutex } from "../../../../engine/ground/mutex";

export interface PgliteOptions {
  /** Made if it is missing; in memory without it. */
  readonly directory?: string;
  readonly sessionSettings?: SessionSettings;
}

/**
 * PostgreSQL compiled to WASM, in a thread of its own. It has one connection: statements and
 * transactions wait for each other, so that within a transaction only `tx` may be asked.
 */
export class PgliteDatabase implements Database {
  readonly vectorType = "vector";
  readonly buildsBesides = false;
  readonly #worker: PgliteWorker;
  readonly #connection: Sql;
  readonly #mutex = new Mutex();

  private constructor(worker: PgliteWorker) {
    this.#worker = worker;
    this.#connection = new Connection(worker);
  }

  /**
   * PGlite takes no lock of its own: the caller sees to it that nobody else has the directory open.
   *
   * @throws AppError `network_failed` if the directory cannot be opened.
   */
  static async open(options: PgliteOptions = {}): Promise<PgliteDatabase> {
    const database = new PgliteDatabase(new PgliteWorker(options.directory));
    await applySettings(database, options.sessionSettings ?? {});
    return database;
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

  close(): Promise<void> {
    return this.#mutex.take(() => this.#worker.close());
  }
}

class Connection implements Sql {
  readonly #worker: PgliteWorker;

  constructor(worker: PgliteWorker) {
    this.#worker = worker;
  }

  async query<Row extends object>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const owned = values.map((value) => (value instanceof Uint8Array ? copyOf(value) : value));
    const buffers = owned
      .filter((value) => value instanceof Uint8Array)
      .map(({ buffer }) => buffer);
    const job = { kind: "query", sql, values: owned } as const;
    const { rows, bytesColumns } = await this.#worker.ask(job, buffers);
    for (const row of rows) {
      for (const name of bytesColumns) row[name] = toBuffer(row[name]);
    }
    return rows as Row[];
  }

  async script(sql: string): Promise<void> {
    await this.#worker.ask({ kind: "script", sql });
  }

  async copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of stream) chunks.push(copyOf(chunk));
    await this.#worker.ask(
      { kind: "copy", into, chunks },
      chunks.map(({ buffer }) => buffer),
    );
  }

  async copyOut(query: string): Promise<Uint8Array> {
    return (await this.#worker.ask({ kind: "copy-out", query })).bytes;
  }
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
