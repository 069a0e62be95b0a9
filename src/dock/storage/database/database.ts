/** A value that both drivers take: vectors and JSON travel as text, bytes as they are. */
export type SqlValue = string | number | boolean | Date | Uint8Array | readonly string[] | null;

/** Settings of the server by name, such as `hnsw.ef_search`, that hold on every connection. */
export type SessionSettings = Readonly<Record<string, string>>;

/** Something that SQL can be sent to: a database, or one transaction in it. */
export interface Sql {
  /** One statement; `$1` stands for the first value. */
  query<Row extends object>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Several statements without values. */
  script(sql: string): Promise<void>;
  /**
   * Rows in bulk, all or none, by COPY in PostgreSQL's binary format.
   *
   * @param into - `table (column, …)`.
   * @param stream - The format's bytes, header and trailer included. It must not ask the `Sql`
   *   that it is copied into.
   */
  copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * The rows of a query without values, in PostgreSQL's binary format: for bytes in bulk, which
   * `query` spells out as text. All of them are held in memory.
   */
  copyOut(query: string): Promise<Uint8Array>;
}

/**
 * PostgreSQL with pgvector and pg_trgm, embedded or served. Bytes come as `Buffer`, int8 as
 * a string, JSON as what it says. What PostgreSQL refuses rejects as `DatabaseError`, and as
 * AppError `network_failed` where there is nobody to refuse it. Every adapter passes tests/contract/database.suite.ts.
 */
export interface Database extends Sql {
  /** The type that sketches are kept in: half precision builds slowly where it is emulated. */
  readonly vectorType: "vector" | "halfvec";
  /** True where an index build leaves searches alone. */
  readonly buildsBesides: boolean;
  /** A `Sql` to read from, which may lag behind by a second where there is a replica. */
  readonly reader: Sql;
  /**
   * Runs `work` in one transaction: all of it or, if it throws, nothing. Runs it again where it
   * lost to another transaction.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
