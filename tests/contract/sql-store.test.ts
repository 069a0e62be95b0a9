import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { cardOf, entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { learnwareStoreContract } from "./learnware-store.suite";

const sessionSettings = searchSettings;

learnwareStoreContract("SqlStore on PGlite", async () =>
  SqlStore.open(await PgliteDatabase.open({ sessionSettings })),
);

test("SqlStore finds everything again after it was closed", async () => {
  const directory = join(await mkdtemp(join(tmpdir(), "berth-db-")), "db");
  const first = await SqlStore.open(await PgliteDatabase.open({ directory, sessionSettings }));
  await first.putSpace(island);
  await first.put(entryOf("kept", rkmeAround(0, 1), {}, "starter"));
  await first.close();

  const second = await SqlStore.open(await PgliteDatabase.open({ directory, sessionSettings }));
  expect(await second.find("kept")).toEqual(cardOf("kept"));
  expect((await second.list({ origin: "starter" }, { limit: 9, offset: 0 })).total).toBe(1);
  await second.close();
});

test("SqlStore makes an index again that a dock left out when it died during a bulk load", async () => {
  const database = await PgliteDatabase.open({ sessionSettings });
  const store = await SqlStore.open(database);
  await store.putSpace(island);
  const { number } = (await store.findSpace(island.id))!;
  const indexes = () =>
    database.query("select 1 from pg_indexes where indexname = $1", [`sketch_${number}_near`]);
  // It never comes to an end: what follows is a dock that starts on the same database.
  void store.withoutIndex({ number, definition: island }, () => new Promise(() => undefined));
  await vi.waitFor(async () => expect(await indexes()).toHaveLength(0));
  await SqlStore.open(database);
  expect(await indexes()).toHaveLength(1);
  await database.close();
});

test("SqlStore sweeps up a version of a space that was left half-built for a day", async () => {
  const database = await PgliteDatabase.open({ sessionSettings });
  const store = await SqlStore.open(database);
  await store.putSpace(island);
  const { number } = await store.prepareSpace({ ...island, version: 2 });
  const tables = () =>
    database.query("select 1 from pg_class where relname like $1", [`%\\_${number}`]);
  await SqlStore.open(database);
  expect(await tables()).toHaveLength(2);
  await database.query("update space_version set created_at = now() - interval '25 hours'");
  await SqlStore.open(database);
  expect(await tables()).toEqual([]);
  expect((await store.prepareSpace({ ...island, version: 2 })).definition.version).toBe(2);
  await database.close();
});

test("SqlStore drops the tables of shards, unless islands are on one", async () => {
  const database = await PgliteDatabase.open({ sessionSettings });
  await SqlStore.open(database);
  await database.script(`
    delete from migration where name = '0004-no-shards.sql';
    create table shard (number integer primary key, name text);
    create table island_shard (island_id text primary key, shard integer not null);
    create table learnware_shard (learnware_id text primary key, shard integer not null);
    insert into island_shard values ('home', 0), ('away', 1)`);
  const shards = "select 1 from pg_class where relname like '%shard'";
  await expect(SqlStore.open(database)).rejects.toThrow(/islands of this dock are on shards/);
  expect(await database.query(shards)).toHaveLength(3);
  await database.query("delete from island_shard where shard = 1");
  await SqlStore.open(database);
  expect(await database.query(shards)).toEqual([]);
  await database.close();
});

test("SqlStore reads again only what has changed since it was read", async () => {
  const database = await PgliteDatabase.open({ sessionSettings });
  const store = await SqlStore.open(database);
  await store.putSpace(island);
  await store.put(entryOf("kept", rkmeAround(0, 1)));
  const copied = vi.spyOn(database, "copyOut");
  const search = async () => {
    const space = (await store.findSpace(island.id))!;
    const near = await store.nearest(space, new Float32Array(512), { limit: 5 });
    const cards = await store.findVersions(near);
    return { space, near, cards: [...cards.values()], island: await store.findIsland(island.id) };
  };
  const first = await search();
  const second = await search();
  expect(second).toEqual(first);
  expect(second.cards[0]).toBe(first.cards[0]);
  expect(second.island).toBe(first.island);
  expect(second.space).toBe(first.space);
  expect((await store.islands())[0]).toBe(first.island);
  expect(copied).toHaveBeenCalledTimes(1);

  const sha256 = "1".repeat(64);
  await store.put(entryOf("kept", rkmeAround(0, 2), { name: "Other", sha256 }));
  await store.putSpace({ ...island, description: "Other." });
  const third = await search();
  expect(third.cards[0]).toMatchObject({ name: "Other", sha256 });
  expect(third.near[0]!.points).not.toEqual(first.near[0]!.points);
  expect(third.space.definition.description).toBe("Other.");
  expect(third.island!.description).toBe("Other.");
  expect((await store.islands())[0]!.description).toBe("Other.");
  await store.remove("kept");
  expect((await search()).near).toEqual([]);
  await database.close();
});
