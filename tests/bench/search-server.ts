import { randomBytes } from "node:crypto";

import { Client } from "pg";

import { PostgresServer } from "../postgres/postgres-server";
import type { SearchOptions } from "./search";
import type { SearchForm } from "./search-form";

/** What a dock's own server would be given on a machine of 16 GB; not durable, which reading does not notice. */
const SETTINGS = {
  shared_buffers: "2GB",
  max_wal_size: "8GB",
  max_parallel_maintenance_workers: "2",
  // Index builds share memory that need not be written to a disk; the chroot has no /dev/shm.
  dynamic_shared_memory_type: "sysv",
};

export interface BenchServer {
  /** The URL of a database for a market of so many learnwares. */
  database(count: number, form: SearchForm): Promise<string>;
  /** Drops the databases, unless they are to be kept. */
  close(): Promise<void>;
}

export async function openServer({ postgresUrl, keep }: SearchOptions): Promise<BenchServer> {
  const own = postgresUrl === undefined ? await PostgresServer.start({ settings: SETTINGS }) : null;
  const admin = new Client(postgresUrl ?? own!.url);
  await admin.connect();
  const names: string[] = [];
  return {
    async database(count, form) {
      const name = `berth_bench_${keep ? "" : randomBytes(4).toString("hex")}n${count}_${form}`;
      names.push(name);
      const known = await admin.query("select 1 from pg_database where datname = $1", [name]);
      if (known.rows.length === 0) await admin.query(`create database ${name}`);
      const url = new URL(postgresUrl ?? own!.url);
      url.pathname = name;
      return url.href;
    },
    async close() {
      for (const name of keep ? [] : names) await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await own?.stop();
    },
  };
}
