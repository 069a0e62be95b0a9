/** @file The databases that a store can be on, and in which ways each can be made to crash. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import type { Database } from "../../src/dock/storage/database/database";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { PostgresServer } from "../postgres/postgres-server";
import { island } from "../fixtures/learnwares";
import { lossesInStore } from "./losses-in-store";
import { dockFault, type Target } from "./rounds";

const script = "writer.process.ts";
/** Indexes are looked at too, however small the tables are. */
const sessionSettings = { ...searchSettings, enable_seqscan: "off" };

/** Of the process alone: PGlite never calls fsync, so that after a power cut more may be missing. */
export async function pgliteTarget(): Promise<Target> {
  const parent = await mkdtemp(join(tmpdir(), "berth-faults-"));
  const directory = join(parent, "db");
  const open = () => PgliteDatabase.open({ directory, sessionSettings });
  await prepare(await open());
  return {
    name: "pglite",
    script,
    place: { directory },
    faults: [dockFault],
    lossesIn: async (ledger) => lossesInStore(await open(), ledger),
    remove: () => rm(parent, { recursive: true }),
  };
}

/** @throws Error that says what this machine lacks for it. */
export async function postgresTarget(): Promise<Target> {
  const server = await PostgresServer.start({ durable: true });
  const { url } = server;
  await prepare(await openWhenBack(url));
  return {
    name: "postgres",
    script,
    place: { url },
    faults: [
      dockFault,
      { name: "backend", strike: () => killBackend(url) },
      {
        name: "server",
        strike: async () => {
          await server.crash();
          await server.restart();
        },
      },
    ],
    lossesIn: async (ledger) => lossesInStore(await openWhenBack(url), ledger),
    remove: () => server.stop(),
  };
}

async function prepare(database: Database): Promise<void> {
  const store = await SqlStore.open(database);
  await store.putSpace(island);
  await store.close();
}

/** A server that has crashed takes a moment to recover. */
async function openWhenBack(url: string): Promise<Database> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await PostgresDatabase.open({ url, sessionSettings });
    } catch (error) {
      if (attempt === 100) throw error;
      await setTimeout(100);
    }
  }
}

/** One of the dock's: the server then ends all others, and recovers. */
async function killBackend(url: string): Promise<void> {
  const database = await openWhenBack(url);
  const [other] = await database.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend'
     and pid <> pg_backend_pid() and application_name = '' order by state = 'idle', random() limit 1`,
  );
  if (other) process.kill(other.pid, "SIGKILL");
  await database.close();
}
