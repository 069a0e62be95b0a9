import { randomBytes } from "node:crypto";

import { Client } from "pg";
import type { TestProject } from "vitest/node";

import { PostgresServer } from "./postgres-server";

declare module "vitest" {
  interface ProvidedContext {
    /** Null where there is no PostgreSQL to be had. */
    postgres: PostgresAccess | null;
  }
}

interface PostgresAccess {
  /** Of a database whose user may create others. */
  readonly url: string;
  /** What the names of this run's databases begin with. */
  readonly prefix: string;
}

/** One PostgreSQL for all suites of a run: `TEST_DATABASE_URL`, or else a private server. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const prefix = `berth_test_${randomBytes(6).toString("hex")}_`;
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined) {
    provide("postgres", { url: given, prefix });
    return () => dropDatabases(given, prefix);
  }
  try {
    const server = await PostgresServer.start();
    provide("postgres", { url: server.url, prefix });
    return () => server.stop();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env["CI"] || process.env["BERTH_REQUIRE_POSTGRES"]) throw error;
    console.warn(`The tests of PostgreSQL are skipped (set TEST_DATABASE_URL): ${reason}`);
    provide("postgres", null);
    return () => Promise.resolve();
  }
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where starts_with(datname, $1)",
    [prefix],
  );
  for (const { name } of rows) await client.query(`drop database ${name} with (force)`);
  await client.end();
}
