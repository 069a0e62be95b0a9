import { randomBytes } from "node:crypto";

import { Client } from "pg";
import { inject } from "vitest";

/** False where there is no PostgreSQL to be had; the run has said why. */
export const hasPostgres = inject("postgres") !== null;

/** The URL of a new, empty database, which is dropped when the run ends. */
export async function freshDatabase(): Promise<string> {
  const postgres = inject("postgres");
  if (!postgres) throw new Error("there is no PostgreSQL");
  const name = postgres.prefix + randomBytes(6).toString("hex");
  const client = new Client(postgres.url);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(postgres.url);
  url.pathname = name;
  return url.href;
}
