import { once } from "node:events";
import type { Duplex } from "node:stream";

import type { ClientBase, Connection, Submittable } from "pg";

import { fromPostgres } from "./postgres-error";

/**
 * Runs COPY FROM STDIN: `pg` has the messages for it but no call.
 *
 * @param sql - `copy … from stdin …`.
 * @throws What `stream` throws, or else like any statement.
 */
export function copyFrom(
  client: ClientBase,
  sql: string,
  stream: AsyncIterable<Uint8Array>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyFrom(sql, stream, resolve, reject));
  });
}

/**
 * Runs COPY TO STDOUT.
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

/** The messages of the frontend's half: a letter, the length of the rest, the rest. */
const message = { data: "d", done: "c", fail: "f" } as const;

class CopyFrom implements Submittable {
  readonly #sql: string;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;
  /** Aborted by the server's refusal or the connection's loss: nothing may be sent any more. */
  readonly #refused = new AbortController();
  #sourceFailure: { readonly reason: unknown } | null = null;

  constructor(
    sql: string,
    source: AsyncIterable<Uint8Array>,
    resolve: () => void,
    reject: (reason: unknown) => void,
  ) {
    this.#sql = sql;
    this.#source = source;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    connection.query(this.#sql);
  }

  handleCopyInResponse({ stream }: Connection): void {
    void this.#send(stream);
  }

  handleCommandComplete(): void {
    // What counts is that the server is ready again.
  }

  handleError(error: unknown): void {
    this.#refused.abort();
    this.#reject(this.#sourceFailure ? this.#sourceFailure.reason : fromPostgres(error));
  }

  handleReadyForQuery(): void {
    this.#resolve();
  }

  async #send(socket: Duplex): Promise<void> {
    const { signal } = this.#refused;
    try {
      for await (const chunk of this.#source) {
        if (signal.aborted) return;
        write(socket, message.data, chunk);
        if (socket.writableNeedDrain) await once(socket, "drain", { signal });
      }
      if (!signal.aborted) write(socket, message.done);
    } catch (reason) {
      if (signal.aborted) return;
      this.#sourceFailure = { reason };
      write(socket, message.fail, Buffer.from("the source of the rows failed\0"));
    }
  }
}

function write(socket: Duplex, kind: string, body: Uint8Array = new Uint8Array()): void {
  const head = Buffer.alloc(5);
  head.write(kind, "latin1");
  head.writeInt32BE(4 + body.length, 1);
  socket.cork();
  socket.write(head);
  socket.write(body);
  socket.uncork();
}
