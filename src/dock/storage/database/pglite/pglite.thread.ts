/** @file A thread that PGlite runs in: every statement of it blocks the thread it is in. */

import { existsSync } from "node:fs";
import { join } from "node:path";

import { messages, PGlite, type PGliteOptions, type Results, types } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";

import { AppError } from "../../../../contracts/outcome";
import { Mutex } from "../../../../engine/ground/mutex";
import { serveThread, threadInput } from "../../../../runtime/threads/node/serve-thread";
import { readEmptyDatabase } from "./empty-database";
import type { PgliteApi } from "./pglite-api";

class Breakdown extends Error {
  override readonly name = "Breakdown";
}

/** PGlite's own bytea codec took 486 ms where this takes 33 (1000 values of 8 KB, PGlite 0.5.14). */
const codec: Pick<PGliteOptions, "parsers" | "serializers"> = {
  parsers: {
    // Each in a buffer of its own, to be transferred.
    [types.BYTEA]: (text: string) => new Uint8Array(Buffer.from(text.slice(2), "hex")),
    [types.INT8]: (text: string) => text,
  },
  serializers: {
    [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}`,
  },
};

const { directory } = threadInput() as { readonly directory?: string };
const isNew = directory === undefined || !existsSync(join(directory, "PG_VERSION"));
const empty = isNew ? await readEmptyDatabase() : undefined;
const db = await PGlite.create({
  dataDir: directory ?? "memory://",
  extensions: { vector, pg_trgm },
  ...(empty && { loadDataDir: empty }),
  ...codec,
});
const mutex = new Mutex();

serveThread<PgliteApi>({
  query: (sql, values, job) =>
    inTurn(async () => {
      const result = await db.query<Record<string, unknown>>(sql, [...values]);
      requireAnswer(result);
      const bytes = result.fields.filter(({ dataTypeID }) => dataTypeID === types.BYTEA);
      const bytesColumns = bytes.map(({ name }) => name);
      for (const row of result.rows) for (const name of bytesColumns) job.give(row[name]);
      return { rows: result.rows, bytesColumns };
    }),
  script: (sql) => inTurn(async () => requireAnswer((await db.exec(sql)).at(-1))),
  copy: (into, chunks) =>
    inTurn(async () => {
      const sql = `copy ${into} from '/dev/blob' with (format binary)`;
      requireAnswer(await db.query(sql, [], { blob: new Blob([...chunks]) }));
    }),
  copyOut: (query, job) =>
    inTurn(async () => {
      const sql = `copy (${query}) to '/dev/blob' with (format binary)`;
      const result = await db.query<Record<string, unknown>>(sql);
      requireAnswer(result);
      return job.give(new Uint8Array(await result.blob!.arrayBuffer()));
    }),
  close: () => inTurn(() => db.close()),
});

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return mutex.take(() => work().catch(refuse));
}

/** After its WASM failed, PGlite 0.5.14 takes every statement, does nothing and reports no error. */
function requireAnswer(result: Results | undefined): void {
  if (result?.command === undefined) throw new Breakdown("PGlite has failed");
}

/** What leaves PGlite unusable ends the thread: it is thrown where nobody catches it, and nothing is answered. */
function refuse(error: unknown): Promise<never> {
  if (!(error instanceof Error) || isBreakdown(error)) {
    setImmediate(() => {
      throw error;
    });
    return new Promise(() => undefined);
  }
  if (!(error instanceof messages.DatabaseError)) throw error;
  const { message, code, constraint } = error;
  throw new AppError("internal", message, {
    ...(code && { sqlState: code }),
    ...(constraint && { constraint }),
  });
}

function isBreakdown(error: Error): boolean {
  if (error instanceof messages.DatabaseError) return /FATAL|PANIC/.test(error.severity ?? "");
  return error instanceof Breakdown || error.name === "RuntimeError"; // WebAssembly's
}
