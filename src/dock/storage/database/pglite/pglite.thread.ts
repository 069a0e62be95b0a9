/** @file A thread that PGlite runs in: every statement of it blocks the thread it is in. */

import { parentPort, workerData } from "node:worker_threads";

import { messages, PGlite, type PGliteOptions, type Results, types } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";

import type { SqlValue } from "../database";
import { Mutex } from "../../../../engine/ground/mutex";

/** What is to be done; answered in the order in which it came. */
export type Job =
  | { readonly kind: "query"; readonly sql: string; readonly values: readonly SqlValue[] }
  | { readonly kind: "script"; readonly sql: string }
  | {
      readonly kind: "copy";
      readonly into: string;
      readonly chunks: readonly Uint8Array<ArrayBuffer>[];
    }
  | { readonly kind: "copy-out"; readonly query: string }
  | { readonly kind: "close" };

export interface Request {
  readonly id: number;
  readonly job: Job;
}

/** Of a query, its rows and which of their columns are bytes; what was copied out; of other jobs, nothing. */
export interface Answer {
  readonly rows: readonly Record<string, unknown>[];
  readonly bytesColumns: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Refusal {
  readonly message: string;
  /** Of PostgreSQL's own refusals. */
  readonly sqlState?: string | undefined;
  readonly constraint?: string | undefined;
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly answer: Answer }
  | { readonly id: number; readonly ok: false; readonly refusal: Refusal };

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

const NOTHING: Answer = { rows: [], bytesColumns: [], bytes: new Uint8Array() };

const port = parentPort;
if (!port) throw new Error("this file is the start of a thread");

const { directory } = workerData as { directory?: string };
const db = await PGlite.create({
  dataDir: directory ?? "memory://",
  extensions: { vector, pg_trgm },
  ...codec,
});

const mutex = new Mutex();
port.on("message", ({ id, job }: Request) => {
  mutex
    .take(() => run(job))
    .then(
      (answer) => port.postMessage({ id, ok: true, answer } satisfies Reply, buffersOf(answer)),
      (error: unknown) =>
        port.postMessage({ id, ok: false, refusal: toRefusal(error) } satisfies Reply),
    );
});

async function run(job: Job): Promise<Answer> {
  switch (job.kind) {
    case "query": {
      const result = await db.query<Record<string, unknown>>(job.sql, [...job.values]);
      requireAnswer(result);
      const bytes = result.fields.filter(({ dataTypeID }) => dataTypeID === types.BYTEA);
      return { ...NOTHING, rows: result.rows, bytesColumns: bytes.map(({ name }) => name) };
    }
    case "script":
      requireAnswer((await db.exec(job.sql)).at(-1));
      return NOTHING;
    case "copy": {
      const sql = `copy ${job.into} from '/dev/blob' with (format binary)`;
      requireAnswer(await db.query(sql, [], { blob: new Blob([...job.chunks]) }));
      return NOTHING;
    }
    case "copy-out": {
      const sql = `copy (${job.query}) to '/dev/blob' with (format binary)`;
      const result = await db.query<Record<string, unknown>>(sql);
      requireAnswer(result);
      return { ...NOTHING, bytes: new Uint8Array(await result.blob!.arrayBuffer()) };
    }
    case "close":
      await db.close();
      return NOTHING;
  }
}

/** After its WASM failed, PGlite 0.5.14 takes every statement, does nothing and reports no error. */
function requireAnswer(result: Results | undefined): void {
  if (result?.command === undefined) throw new Breakdown("PGlite has failed");
}

function buffersOf({ rows, bytesColumns, bytes }: Answer): ArrayBuffer[] {
  const inRows = rows.flatMap((row) =>
    bytesColumns.flatMap((name) => {
      const value: unknown = row[name];
      return value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
    }),
  );
  return bytes.length > 0 ? [...inRows, bytes.buffer] : inRows;
}

/** @throws What leaves PGlite unusable: uncaught, it ends the thread. */
function toRefusal(error: unknown): Refusal {
  if (!(error instanceof Error) || isBreakdown(error)) throw error;
  if (!(error instanceof messages.DatabaseError)) return { message: error.message };
  const { message, code, constraint } = error;
  return { message, sqlState: code, constraint };
}

function isBreakdown(error: Error): boolean {
  if (error instanceof messages.DatabaseError) return /FATAL|PANIC/.test(error.severity ?? "");
  return error instanceof Breakdown || error.name === "RuntimeError"; // WebAssembly's
}
