import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { toWire } from "../../src/contracts/wire/wire-rkme";
import { Finder } from "../../src/dock/features/search/finder";
import { openParts } from "../../src/dock/storage/open-parts";
import { Searcher } from "../../src/dock/features/search/searcher";
import type { Space } from "../../src/dock/storage/learnware-store";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { ShardedStore } from "../../src/dock/storage/sql/sharded-store";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { freshDatabase, hasPostgres } from "../postgres/fresh-database";
import { PostgresServer } from "../postgres/postgres-server";
import { learnwareStoreContract } from "./learnware-store.suite";

const openDatabase = (url: string) =>
  PostgresDatabase.open({ url, sessionSettings: searchSettings });

const openOn = async (main: string, shards: Readonly<Record<string, string>>) => {
  const opened = new Map<string, PostgresDatabase>();
  for (const [name, url] of Object.entries(shards)) opened.set(name, await openDatabase(url));
  return ShardedStore.open(await openDatabase(main), opened);
};

/** Islands of the suite; others go to the main database. */
const away = ["versions", "removing", "snapshots", "meaning", "bulk", "growing", "two"];

describe.skipIf(!hasPostgres)("with a PostgreSQL server", () => {
  learnwareStoreContract("ShardedStore", async () => {
    const store = await openOn(await freshDatabase(), { east: await freshDatabase() });
    for (const id of away) await store.placeIsland(id, "east");
    return store;
  });

  learnwareStoreContract("ShardedStore with everything on a shard", async () => {
    const store = await openOn(await freshDatabase(), { east: await freshDatabase() });
    const all = [island.id, "counted", "empty", "finding", "filtering", "walk", ...away];
    for (const id of all) await store.placeIsland(id, "east");
    return store;
  });

  describe("ShardedStore", () => {
    let main: string;
    let east: string;
    let west: string;
    let store: ShardedStore;
    beforeAll(async () => {
      [main, east, west] = [await freshDatabase(), await freshDatabase(), await freshDatabase()];
      store = await openOn(main, { east, west });
      await store.placeIsland("e", "east");
      await store.placeIsland("w", "west");
      for (const id of ["m", "e", "w"]) {
        await store.putIsland({ ...island, id });
        for (let x = 0; x < 3; x++) {
          const name = `Prices in ${id} at ${x}`;
          await store.put(entryOf(`${id}-${x}`, rkmeAround(x, x), { islandId: id, name }));
        }
      }
    });
    afterAll(async () => store.close());

    test("has each island on its shard alone", async () => {
      for (const [url, id] of [
        [main, "m"],
        [east, "e"],
        [west, "w"],
      ] as const) {
        const shard = await SqlStore.open(await openDatabase(url));
        expect((await shard.islands()).map((one) => one.id)).toEqual([id]);
        expect((await shard.list({}, { limit: 9, offset: 0 })).total).toBe(3);
        await shard.close();
      }
    });

    test("lists and matches over all shards, page by page", async () => {
      const all = ["e-0", "e-1", "e-2", "m-0", "m-1", "m-2", "w-0", "w-1", "w-2"];
      const pages: string[] = [];
      for (let offset = 0; offset < 10; offset += 4) {
        const page = await store.list({}, { limit: 4, offset });
        expect(page.total).toBe(9);
        pages.push(...page.learnwares.map(({ id }) => id));
      }
      expect(pages).toEqual(all);

      const matched: string[] = [];
      let after: { rank: number; id: string } | undefined;
      do {
        const matches = await store.match({ filter: { text: "prices" }, limit: 4, after });
        matched.push(...matches.map(({ card }) => card.id));
        const last = matches.at(-1);
        after = last && { rank: last.rank, id: last.card.id };
      } while (after);
      expect(matched).toEqual(all);
      const one = await store.match({ filter: { text: "in w at 1", textMode: "exact" }, limit: 9 });
      expect(one.map(({ card }) => card.id)).toEqual(["w-1"]);
    });

    test("does not mix up learnwares of two shards", async () => {
      const spaces: Space[] = [];
      for (const id of ["m", "e", "w"]) spaces.push((await store.findSpace(id))!);
      const sketch = entryOf("any", rkmeAround(1, 1)).described.sketch;
      const near = await Promise.all(
        spaces.map((space) => store.nearest(space, sketch, { limit: 3 })),
      );
      const cards = await store.findVersions(near.flat());
      expect(cards.size).toBe(9);
      for (const { number, id } of near.flat()) expect(cards.get(number)?.id).toBe(id);
    });

    test("refuses an id that another shard has, even when two come at once", async () => {
      const at = (id: string, islandId: string) => entryOf(id, rkmeAround(5, 5), { islandId });
      for (const id of ["m-0", "e-0"]) {
        await expect(store.put(at(id, "w"))).rejects.toMatchObject({ code: "bad_input" });
      }
      const many = store.putAll([at("new", "w"), at("e-1", "w")]);
      await expect(many).rejects.toMatchObject({ code: "bad_input" });
      expect(await store.find("new")).toBeNull();
      for (let i = 0; i < 10; i++) {
        const puts = ["m", "e", "w"].map((islandId) => store.put(at(`race-${i}`, islandId)));
        const settled = await Promise.allSettled(puts);
        expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(await store.findAll([`race-${i}`])).toHaveLength(1);
      }
    });

    test("keeps an island where it is", async () => {
      await expect(store.placeIsland("e", "west")).rejects.toMatchObject({ code: "bad_input" });
      await expect(store.placeIsland("m", "west")).rejects.toMatchObject({ code: "bad_input" });
      await expect(store.placeIsland("x", "north")).rejects.toMatchObject({ code: "bad_input" });
      await store.placeIsland("e", "east");
    });

    test("refuses to open without a shard that has islands, or with another in its place", async () => {
      const bad = { code: "bad_parameter" };
      await expect(openOn(main, { east })).rejects.toMatchObject(bad);
      await expect(openOn(main, { east: west, west: east })).rejects.toMatchObject(bad);
      await expect(openOn(east, { east: main })).rejects.toMatchObject(bad);
    });
  });

  test("ShardedStore takes over what a dock had in one database", async () => {
    const url = await freshDatabase();
    const single = await SqlStore.open(await openDatabase(url));
    await single.putIsland(island);
    await single.put(entryOf("old", rkmeAround(1, 1)));
    await single.close();
    const store = await openOn(url, { east: await freshDatabase() });
    await store.placeIsland("e", "east");
    await store.putIsland({ ...island, id: "e" });
    const stranger = store.put(entryOf("old", rkmeAround(1, 1), { islandId: "e" }));
    await expect(stranger).rejects.toMatchObject({ code: "bad_input" });
    await store.put(entryOf("old", rkmeAround(2, 2), { name: "Newer" }));
    expect((await store.find("old"))?.name).toBe("Newer");
    await store.close();
  });
});

test.skipIf(!hasPostgres || process.env["TEST_DATABASE_URL"])(
  "Islands on two clusters are both searched, each by itself",
  async () => {
    const cluster = await PostgresServer.start();
    const parts = await openParts({
      dataDirectory: await mkdtemp(join(tmpdir(), "berth-shards-")),
      databaseUrl: await freshDatabase(),
      shards: { second: cluster.url },
    });
    const { store, describer } = parts;
    await parts.placeIsland!("far", "second");
    const searcher = new Searcher(store, new Finder(store, describer));
    for (const id of ["far", "near"]) {
      await store.putIsland({ ...island, id });
      for (let x = 0; x < 5; x++) {
        await store.put(entryOf(`${id}-${x}`, rkmeAround(x, x), { islandId: id }));
      }
      const { singles } = await searcher.search({
        islandId: id,
        islandVersion: 1,
        requirement: { kind: "reduced", specification: toWire(rkmeAround(3, 3)) },
        limit: 2,
        mixture: false,
      });
      expect(singles).toHaveLength(2);
      expect(singles[0]?.learnware.id).toBe(`${id}-3`);
    }
    await store.remove("far-1");
    const [record] = await parts.records.find(["far-1"]);
    expect(record?.deletedAt).not.toBeNull();
    await parts.close();
    await cluster.stop();
  },
);
