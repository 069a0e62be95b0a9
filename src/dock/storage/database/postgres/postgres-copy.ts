import { pipeline } from "node:stream/promises";

import type { ClientBase, Connection, Submittable } from "pg";
import { from } from "pg-copy-streams";

import { fromPostgres } from "./postgres-error";

/**
 * Runs COPY FROM STDIN.
 *
 * @param sql - `copy … from stdin …`.
 * @throws What `stream` throws, or else like any statement.
 */
export async function copyFrom(
  client: ClientBase,
  sql: string,
  stream: AsyncIterable<Uint8Array>,
): Promise<void> {
  let failure: { readonly reason: unknown } | undefined;
  async function* watched() {
    try {
      yield* stream;
    } catch (reason) {
      failure = { reason };
      throw new Error("the source of the rows failed", { cause: reason }); // The message is all that the server is told.
    }
  }
  try {
    await pipeline(watched, client.query(from(sql)));
  } catch (error) {
    throw failure ? failure.reason : fromPostgres(error);
  }
}

/**
 * Runs COPY TO STDOUT. By hand: every search reads so, and `pg-copy-streams`, which parses the
 * connection by itself, takes twice as much processor time.
 *
 * @param sql - `copy … to stdout …`.
 * @throws Like any statement.
 */
export function copyTo(client: ClientBase, sql: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    client.query(new CopyTo(sql, resolve, reject));
  });
}

class CopyTo implements Submittable {
  readonly #sql: string;
  readonly #resolve: (bytes: Uint8Array) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #chunks: Uint8Array[] = [];

  constructor(
    sql: string,
    resolve: (bytes: Uint8Array) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#sql = sql;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    connection.query(this.#sql);
  }

  handleCopyData({ chunk }: { readonly chunk: Uint8Array }): void {
    this.#chunks.push(Uint8Array.from(chunk)); // `pg` writes over its own.
  }

  handleCommandComplete(): void {
    // What counts is that the server is ready again.
  }

  handleError(error: unknown): void {
    this.#reject(fromPostgres(error));
  }

  handleReadyForQuery(): void {
    this.#resolve(Buffer.concat(this.#chunks));
  }
}
