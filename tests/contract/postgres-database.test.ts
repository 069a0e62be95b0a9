import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { freshDatabase, hasPostgres } from "../postgres/fresh-database";
import { PostgresServer } from "../postgres/postgres-server";
import { databaseContract, sessionSettings } from "./database.suite";

const unreachable = { name: "AppError", code: "network_failed" };

describe.skipIf(!hasPostgres)("with a PostgreSQL server", () => {
  databaseContract("PostgresDatabase", {
    open: async () => PostgresDatabase.open({ url: await freshDatabase(), sessionSettings }),
    transactionsExclude: false,
  });

  describe("PostgresDatabase", () => {
    let url: string;
    let db: PostgresDatabase;
    beforeAll(async () => {
      url = await freshDatabase();
      db = await PostgresDatabase.open({ url, readUrl: url, poolSize: 4, sessionSettings });
      await db.script("create extension vector; create table tally (id int, n int)");
      await db.script("insert into tally values (1, 0), (2, 0)");
    });
    afterAll(async () => db.close());

    test("has its settings on every connection", async () => {
      const shown = await Promise.all(
        Array.from({ length: 8 }, () =>
          db.query("select pg_sleep(0.01), current_setting('hnsw.ef_search') as ef"),
        ),
      );
      for (const [row] of shown) expect(row).toMatchObject({ ef: "800" });
    });

    test("reads from where it is told to, and writes nothing there", async () => {
      expect(await db.reader.query("select n from tally")).toHaveLength(2);
      await expect(db.reader.query("delete from tally")).rejects.toMatchObject({ code: "25006" });
    });

    test("runs a transaction again that lost to another one", async () => {
      let runs = 0;
      let release: () => void;
      const bothHaveRead = new Promise<void>((resolve) => (release = resolve));
      const add = () =>
        db.transaction(async (tx) => {
          await tx.script("set transaction isolation level repeatable read");
          const [row] = await tx.query<{ n: number }>("select n from tally where id = 1");
          if (++runs === 2) release();
          await bothHaveRead;
          await tx.query("update tally set n = $1 where id = 1", [(row?.n ?? 0) + 1]);
        });
      await Promise.all([add(), add()]);
      expect(await db.query("select n from tally where id = 1")).toEqual([{ n: 2 }]);
      expect(runs).toBe(3);
    });

    test("runs a transaction again that was the victim of a deadlock", async () => {
      const lock = (first: number, second: number) =>
        db.transaction(async (tx) => {
          await tx.query("update tally set n = n + 1 where id = $1", [first]);
          await tx.query("select pg_sleep(0.05)");
          await tx.query("update tally set n = n + 1 where id = $1", [second]);
        });
      await db.query("update tally set n = 0");
      await Promise.all([lock(1, 2), lock(2, 1)]);
      expect(await db.query("select n from tally")).toEqual([{ n: 2 }, { n: 2 }]);
    });

    test("loses one statement with a connection, and goes on with another", async () => {
      const suicide = "select pg_terminate_backend(pg_backend_pid())";
      await expect(db.query(suicide)).rejects.toMatchObject(unreachable);
      await expect(db.transaction((tx) => tx.query(suicide))).rejects.toMatchObject(unreachable);
      expect(await db.query("select 1 as one")).toEqual([{ one: 1 }]);
    });

    test("ends a statement that takes too long", async () => {
      const hasty = await PostgresDatabase.open({
        url,
        sessionSettings: { statement_timeout: "200ms" },
      });
      await expect(hasty.query("select pg_sleep(9)")).rejects.toMatchObject({ code: "57014" });
      await hasty.close();
    });

    test("refuses to open where nobody answers", async () => {
      const opening = PostgresDatabase.open({ url: "postgres://postgres@127.0.0.1:1/none" });
      await expect(opening).rejects.toMatchObject(unreachable);
    });
  });
});

test.skipIf(!hasPostgres || process.env["TEST_DATABASE_URL"])(
  "PostgresDatabase finds what was committed after its server crashed",
  async () => {
    const server = await PostgresServer.start({ durable: true });
    const db = await PostgresDatabase.open({ url: server.url });
    await db.script("create table kept (n int); insert into kept values (1)");
    const waiting = db.query("select pg_sleep(60)");
    const lost = expect(waiting).rejects.toMatchObject(unreachable);
    await server.crash();
    await lost;
    await expect(db.query("select n from kept")).rejects.toMatchObject(unreachable);
    await server.restart();
    expect(await db.query("select n from kept")).toEqual([{ n: 1 }]);
    await db.close();
    await server.stop();
  },
);
