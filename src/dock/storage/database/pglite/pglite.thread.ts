/** @file A thread that PGlite runs in: every statement of it blocks the thread it is in. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { messages, PGlite, type PGliteOptions, type Results, types } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";

import { AppError } from "../../../../contracts/outcome";
import { Mutex } from "../../../../engine/ground/mutex";
import { serveThread, threadInput } from "../../../../runtime/threads/node/serve-thread";
import { readNewDatabase, unpackInto } from "./new-database";
import type { PgliteApi } from "./pglite-api";
import { UnpackedInMemory } from "./unpacked-in-memory";

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

const { directory, isBare, wasm } = threadInput() as {
  readonly directory?: string;
  readonly isBare?: boolean;
  readonly wasm: WebAssembly.Module;
};
const isNew = directory === undefined || !existsSync(join(directory, "PG_VERSION"));
const packed = isNew && !isBare ? await readNewDatabase() : undefined;
if (packed && directory) unpackInto(directory, packed);
const db = await PGlite.create({
  ...(packed && !directory
    ? { fs: new UnpackedInMemory(packed) }
    : { dataDir: directory ?? "memory://" }),
  pgliteWasmModule: wasm,
  startParams: [...PGlite.defaultStartParams, "-c", `shared_buffers=${bufferMegabytes()}MB`],
  extensions: { vector, pg_trgm },
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

/**
 * PGlite fills its buffers with zeros when it opens, at 5 ms for each MB: of the usual 128 MB, as many as the database is
 * large twice, so that it can grow. What is in no buffer is read anew from the file system's.
 */
function bufferMegabytes(): number {
  const all = { recursive: true, encoding: "utf8" } as const;
  const base = join(directory ?? "", "base");
  const files = directory && existsSync(base) ? readdirSync(base, all) : [];
  const bytes = files.reduce((sum, name) => sum + statSync(join(base, name)).size, 0);
  return Math.min(Math.max(Math.ceil((2 * bytes) / 2 ** 20), 16), 128);
}

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
