import type { Sql, SqlValue } from "./database";

/**
 * Runs `work` between BEGIN and COMMIT on a connection that nobody else uses meanwhile; ROLLBACK
 * if it throws. What `work` left running by then is refused, not run outside.
 */
export async function inTransaction<T>(connection: Sql, work: (tx: Sql) => Promise<T>): Promise<T> {
  await connection.script("begin");
  const tx = new OpenTransaction(connection);
  try {
    const result = await work(tx);
    tx.end();
    // After a failure that `work` caught, a lone COMMIT would roll back and not say so.
    await connection.script("select 1; commit");
    return result;
  } catch (error) {
    tx.end();
    await connection.script("rollback").catch(() => undefined); // A lost connection has done so.
    throw error;
  }
}

class OpenTransaction implements Sql {
  readonly #connection: Sql;
  #isOver = false;

  constructor(connection: Sql) {
    this.#connection = connection;
  }

  end(): void {
    this.#isOver = true;
  }

  async query<Row extends object>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#open.query(sql, values);
  }

  async script(sql: string): Promise<void> {
    return this.#open.script(sql);
  }

  async copy(into: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#open.copy(into, stream);
  }

  async copyOut(query: string): Promise<Uint8Array> {
    return this.#open.copyOut(query);
  }

  get #open(): Sql {
    if (this.#isOver) throw new Error("the transaction is over");
    return this.#connection;
  }
}
