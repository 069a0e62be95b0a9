import { randomBytes } from "node:crypto";

import { Client } from "pg";

import { PostgresServer } from "../postgres/postgres-server";

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A new, empty database on the server of `TEST_DATABASE_URL`, or else on a private one.
 *
 * @throws Error that says what this machine lacks for it.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given === undefined) {
    const server = await PostgresServer.start();
    return { url: server.url, drop: () => server.stop() };
  }
  const name = `berth_e2e_${randomBytes(6).toString("hex")}`;
  await execute(given, `create database ${name}`);
  const url = new URL(given);
  url.pathname = name;
  return { url: url.href, drop: () => execute(given, `drop database ${name} with (force)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
