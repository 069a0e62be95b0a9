import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { migrate } from "../../src/dock/storage/sql/migrate";
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

  test("begins as a database does that PGlite makes itself, with the tables in it", async () => {
    // Of what is Berth's, how large files of its log are and how much it holds in memory.
    const state = `select
      (select jsonb_object_agg(name, setting) from pg_settings
        where name !~ '^(shared_buffers|shared_memory_size.*|wal_buffers|io_max_concurrency|wal_segment_size|(min|max)_wal_size)$|[.]') as settings,
      (select jsonb_agg(relname order by relname) from pg_class where relname !~ '^pg_toast_') as relations,
      (select jsonb_agg(to_jsonb(c) - 'attrelid' order by attrelid::regclass::text, attnum) from pg_attribute c
        where attrelid >= 16384 and attrelid::regclass::text !~ '^pg_toast') as columns,
      (select jsonb_agg(pg_get_constraintdef(oid) order by conrelid::regclass::text, conname)
        from pg_constraint where conrelid <> 0) as constraints,
      (select jsonb_agg(pg_get_indexdef(indexrelid) order by indexrelid::regclass::text)
        from pg_index where indexrelid >= 16384) as indexes,
      (select jsonb_agg(name order by name) from migration) as migrations,
      (select to_jsonb(d) - 'datfrozenxid' - 'datminmxid' from pg_database d where datname = 'postgres') as database`;
    const made = await PgliteDatabase.open({ isBare: true });
    await migrate(made);
    const directory = join(await mkdtemp(join(tmpdir(), "berth-new-")), "db");
    const opened = [await PgliteDatabase.open(), await PgliteDatabase.open({ directory })];
    const expected = await made.query(state);
    for (const db of opened) {
      expect(await db.query(state)).toEqual(expected);
      await expect(db.script("create database other")).rejects.toThrow(/template1/);
    }
    for (const db of [made, ...opened]) await db.close();
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
