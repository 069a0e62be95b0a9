import { Pool, type PoolClient } from "pg";

import type { Database, SessionSettings, Sql, SqlValue } from "../database";
import { DatabaseError } from "../database-error";
import { copyFrom, copyTo } from "./postgres-copy";
import { fromPostgres } from "./postgres-error";
import { applySettings } from "../session-settings";
import { inTransaction } from "../transaction";
import { Mutex } from "../../../../engine/ground/mutex";

export interface PostgresOptions {
  readonly url: string;
  /** Of a replica to read from. */
  readonly readUrl?: string;
  /** How many connections to hold to each server, at most. */
  readonly poolSize?: number;
  /** Take precedence over this adapter's own. */
  readonly sessionSettings?: SessionSettings;
}

const OWN_SETTINGS: SessionSettings = {
  statement_timeout: "30s",
  idle_in_transaction_session_timeout: "60s",
};

const CONNECT_TIMEOUT_MS = 10_000;
const MOST_ATTEMPTS = 3;

/** A PostgreSQL server, with a pool of connections to it. */
export class PostgresDatabase implements Database {
  readonly vectorType = "halfvec";
  readonly buildsBesides = true;
  readonly #primary: Connections;
  readonly #replica: Connections | null;

  private constructor(primary: Connections, replica: Connections | null) {
    this.#primary = primary;
    this.#replica = replica;
  }

  /** @throws AppError `network_failed` if a server cannot be reached. */
  static async open(options: PostgresOptions): Promise<PostgresDatabase> {
    const { url, readUrl, poolSize = 10 } = options;
    const settings = { ...OWN_SETTINGS, ...options.sessionSettings };
    const database = new PostgresDatabase(
      new Connections(url, poolSize, settings),
      readUrl === undefined
        ? null
        : new Connections(readUrl, poolSize, { ...settings, default_transaction_read_only: "on" }),
    );
    try {
      await Promise.all([database.query("select 1"), database.reader.query("select 1")]);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  get reader(): Sql {
    return this.#replica ?? this;
  }

  query<Row extends object>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#primary.query(sql, values);
  }

  script(sql: string): Promise<void> {
    return this.#primary.script(sql);
  }

  copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#primary.copy(into, stream);
  }

  copyOut(query: string): Promise<Uint8Array> {
    return this.#primary.copyOut(query);
  }

  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return again(() => this.#primary.lease((session) => inTransaction(session, work)));
  }

  async close(): Promise<void> {
    await Promise.all([this.#primary.close(), this.#replica?.close()]);
  }
}

class Connections implements Sql {
  readonly #pool: Pool;

  constructor(url: string, size: number, settings: SessionSettings) {
    this.#pool = new Pool({
      connectionString: url,
      max: size,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      verify: (client, done) =>
        void applySettings(new Session(client), settings).then(() => done(), done),
    });
    // An idle connection was lost, and the pool has dropped it: the next query makes another.
    this.#pool.on("error", () => undefined);
  }

  query<Row extends object>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return again(() => this.lease((session) => session.query<Row>(sql, values)));
  }

  script(sql: string): Promise<void> {
    return this.lease((session) => session.script(sql));
  }

  copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    return this.lease((session) => inTransaction(session, (tx) => tx.copy(into, stream)));
  }

  copyOut(query: string): Promise<Uint8Array> {
    return again(() => this.lease((session) => session.copyOut(query)));
  }

  /** Lends a connection to `work` for itself. */
  async lease<T>(work: (session: Sql) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch(rethrow);
    // Its loss reaches whoever waits for an answer; without a listener it would end the process.
    const ignore = () => undefined;
    client.on("error", ignore);
    try {
      return await work(new Session(client));
    } finally {
      client.off("error", ignore);
      client.release(client.getTransactionStatus() !== "I"); // Left open, it would meet the next.
    }
  }

  close(): Promise<void> {
    return this.#pool.ending ? Promise.resolve() : this.#pool.end();
  }
}

/** One connection: its statements wait for each other. */
class Session implements Sql {
  readonly #client: PoolClient;
  readonly #mutex = new Mutex();

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async query<Row extends object>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const send = () => this.#client.query<Row>(sql, [...values]).catch(rethrow);
    return (await this.#mutex.take(send)).rows;
  }

  async script(sql: string): Promise<void> {
    await this.#mutex.take(() => this.#client.query(sql).catch(rethrow));
  }

  /** Without a time limit, for the rest of the transaction: it lasts as long as its source. */
  async copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    await this.script("set local statement_timeout = 0");
    const sql = `copy ${into} from stdin with (format binary)`;
    await this.#mutex.take(() => copyFrom(this.#client, sql, stream));
  }

  copyOut(query: string): Promise<Uint8Array> {
    const sql = `copy (${query}) to stdout with (format binary)`;
    return this.#mutex.take(() => copyTo(this.#client, sql));
  }
}

/** Again what lost to a concurrent transaction, which has ended by now. */
async function again<T>(job: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await job();
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !lostARace(error)) throw error;
    }
  }
}

function lostARace(error: unknown): boolean {
  return error instanceof DatabaseError && ["40001", "40P01"].includes(error.code);
}

function rethrow(error: unknown): never {
  throw fromPostgres(error);
}
