import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PGlite } from "@electric-sql/pglite";
import { describe, expect, test } from "vitest";

import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { databaseContract, sessionSettings } from "./database.suite";

databaseContract("PgliteDatabase", {
  open: () => PgliteDatabase.open({ sessionSettings }),
  transactionsExclude: true,
});

describe("PgliteDatabase", () => {
  const gone = { name: "AppError", code: "network_failed" };

  test("finds everything again in its directory", async () => {
    const directory = join(await mkdtemp(join(tmpdir(), "berth-db-")), "db");
    const first = await PgliteDatabase.open({ directory });
    await first.script("create table kept (name text); insert into kept values ('here')");
    await first.close();
    const second = await PgliteDatabase.open({ directory });
    expect(await second.query("select name from kept")).toEqual([{ name: "here" }]);
    await second.close();
  });

  test("begins as a database does that PGlite makes itself", async () => {
    const state = `select (select jsonb_object_agg(name, setting) from pg_settings) as settings,
      (select jsonb_agg(relname order by oid) from pg_class) as relations,
      (select jsonb_agg(to_jsonb(d) - 'oid') from pg_database d) as databases`;
    const made = await PGlite.create("memory://");
    const db = await PgliteDatabase.open();
    expect(await db.query(state)).toEqual((await made.query(state)).rows);
    for (const one of [made, db]) await one.close();
  });

  test("rejects where it cannot have the directory", async () => {
    const opening = PgliteDatabase.open({ directory: "/dev/null/db" });
    await expect(opening).rejects.toMatchObject(gone);
  });

  test("leaves the event loop free while it works", async () => {
    const db = await PgliteDatabase.open();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await db.query("select count(*) from generate_series(1, 2000000)");
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
    await db.close();
  });

  test("rejects all that waits and all that comes once PGlite has broken down", async () => {
    const db = await PgliteDatabase.open();
    await db.script(`create function deeper(depth int) returns int language plpgsql
      as $$ begin return deeper(depth + 1); end $$`);
    const outcomes = await Promise.allSettled([
      db.transaction((tx) => tx.query("select deeper(1)")),
      db.query("select 1"),
    ]);
    for (const { status } of outcomes) expect(status).toBe("rejected");
    await expect(db.query("select 1")).rejects.toMatchObject(gone);
    await db.close();
  });
});
