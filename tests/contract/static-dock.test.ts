import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { PlainSearcher } from "../../src/client/dock/sketch-search";
import { StaticDock } from "../../src/client/dock/static-dock";
import type { SearchRequest } from "../../src/contracts/http/dock-api";
import { StaticIndex, StaticIsland, staticPaths } from "../../src/contracts/static/static-dock";
import { toWire } from "../../src/contracts/wire/wire-rkme";
import { exportStatic } from "../../src/dock/mirror/static-export";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { entryOf, island, rkmeAround, spaceName } from "../fixtures/learnwares";
import { fileAnswers } from "../fixtures/file-server";
import { dockBookContract } from "./dock-book.suite";
import { dockClientContract, type Opened, type Shelf } from "./dock-client.suite";
import { dockSearchContract } from "./dock-search.suite";

const base = "http://files.test/some/where/";
const newDirectory = () => mkdtemp(join(tmpdir(), "berth-static-"));
const serve = (directory: string) => {
  const answer = fileAnswers(directory);
  return async (url: string) => answer(url.replace("/some/where/", "/"));
};

async function open(shelf: Shelf): Promise<Opened> {
  const directory = await newDirectory();
  await exportStatic(shelf, directory);
  return { client: new StaticDock(base, new PlainSearcher()), answer: serve(directory) };
}

dockClientContract("StaticDock", open);
dockSearchContract("StaticDock", open);
dockBookContract("StaticDock", open);

describe("StaticDock", () => {
  let store: SqlStore;
  let blobs: FileBlobs;
  let directory: string;
  let client: StaticDock;
  /** Paths that were asked for, with how. */
  const asked: { path: string; init: RequestInit }[] = [];

  beforeAll(async () => {
    store = await SqlStore.open(await PgliteDatabase.open());
    blobs = await FileBlobs.open(await newDirectory());
    await store.putSpace(island);
    await store.putSpace({ ...island, id: "quiet" });
    for (const [id, x] of [
      ["nearest", 1],
      ["far", 4],
      ["near", 2],
    ] as const) {
      await put(id, x);
    }
  });
  afterAll(async () => store.close());
  beforeEach(async () => {
    directory = await newDirectory();
    await exportStatic({ store, blobs }, directory);
    client = new StaticDock(base, new PlainSearcher());
    const answer = serve(directory);
    asked.splice(0);
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      asked.push({ path: url.slice(base.length), init });
      return answer(url);
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  async function put(id: string, x: number): Promise<void> {
    const { sha256, sizeBytes } = await blobs.put(new TextEncoder().encode(`the zip of ${id}`));
    await store.put(entryOf(id, rkmeAround(x, 0), { sha256, sizeBytes }));
  }

  const search = (more: Partial<SearchRequest> = {}) => {
    const specification = toWire(rkmeAround(1, 0));
    return client.search({
      islandId: island.id,
      requirement: { form: "reduced", space: spaceName, specification },
      ...more,
    });
  };
  const housesOf = async (folder: string) => {
    const { islands } = StaticIndex.parse(JSON.parse(await text(folder, staticPaths.index)));
    const { sha256 } = islands.find(({ id }) => id === "houses")!;
    const path = staticPaths.island(sha256);
    return { path, houses: StaticIsland.parse(JSON.parse(await text(folder, path))) };
  };
  const text = async (folder: string, path: string) => readFile(join(folder, path), "utf8");

  test("sends nothing but names of files, and those not in the order of fit", async () => {
    const { singles } = await search();
    expect(singles.map(({ learnware }) => learnware.id)).toEqual(["nearest", "near", "far"]);
    for (const { init } of asked) {
      expect(init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
      expect([init.method, init.body]).toEqual([undefined, undefined]);
    }
    const { houses } = await housesOf(directory);
    const nameOf = new Map(
      houses.learnwares.map(({ id, file }) => [staticPaths.learnware(file.sha256), id]),
    );
    const fetched = asked.flatMap(({ path }) => nameOf.get(path) ?? []);
    expect(fetched).toEqual(["far", "near", "nearest"]);
  });

  test("fetches texts once, and only for a search that looks at them", async () => {
    const texts = () => asked.filter(({ path }) => path.startsWith("texts/")).length;
    await search({ task: "regression", filter: { target: "price" } });
    await client.search({ limit: 1 });
    expect(texts()).toBe(0);
    await client.search({ filter: { text: "prices near" } });
    await search({ filter: { tags: { Task: ["Regression"] } } });
    expect(texts()).toBe(2); // One for each island.
    for (const { init } of asked) expect([init.method, init.body]).toEqual([undefined, undefined]);
  });

  test("fetches again only what changed, and sees it when islands are listed", async () => {
    await client.islands();
    asked.splice(0);
    await put("new", 1.1);
    await exportStatic({ store, blobs }, directory);
    await expect(client.learnware("new")).rejects.toMatchObject({ code: "not_found" });
    const islands = await client.islands();
    expect(islands.find(({ id }) => id === "houses")?.learnwareCount).toBe(4);
    const { path } = await housesOf(directory);
    expect(asked.map((one) => one.path)).toEqual(["index.json", path]);
    expect(asked[0]!.init.cache).toBe("no-cache");
    expect((await client.learnware("new")).id).toBe("new");
    await store.remove("new");
  });

  test("finds its way after files it knew of are gone", async () => {
    await client.islands();
    await put("nearest", 1.2);
    await exportStatic({ store, blobs }, directory, { prune: true });
    await expect(client.learnware("nearest")).rejects.toMatchObject({ code: "not_found" });
    const { sha256 } = await client.learnware("nearest");
    const name = { id: "nearest", sha256, spaceVersion: 1 };
    expect((await client.specification(name)).rkme).toEqual(toWire(rkmeAround(1.2, 0)));
    await put("nearest", 1);
  });

  test.each(["island", "sketches", "texts"] as const)(
    "uses no %s file that is not the one its name says",
    async (kind) => {
      const { path, houses } = await housesOf(directory);
      const tampered = {
        island: path,
        sketches: staticPaths.sketches(houses.sketches.sha256),
        texts: staticPaths.texts(houses.texts.sha256),
      }[kind];
      const bytes = await readFile(join(directory, tampered));
      bytes[0]! ^= 1;
      await writeFile(join(directory, tampered), bytes);
      const byText = () => search({ filter: { text: "price" } });
      await expect(byText()).rejects.toMatchObject({ code: "hash_mismatch" });
      await writeFile(join(directory, tampered), bytes.subarray(0, 10));
      await expect(byText()).rejects.toMatchObject({ code: "hash_mismatch" });
    },
  );

  test("leaves a learnware out whose file is not the one its name says", async () => {
    const { houses } = await housesOf(directory);
    const files = houses.learnwares.map(({ id, file }) => {
      return { id, path: staticPaths.learnware(file.sha256) };
    });
    const spoil = async ({ path }: { path: string }) => writeFile(join(directory, path), "{}");
    await spoil(files.find(({ id }) => id === "nearest")!);
    for (const found of [await search(), await client.search({ filter: { text: "prices" } })]) {
      expect(found.singles.map(({ learnware }) => learnware.id).sort()).toEqual(["far", "near"]);
    }
    await expect(client.learnware("nearest")).rejects.toMatchObject({ code: "hash_mismatch" });
    for (const file of files) await spoil(file);
    client = new StaticDock(base, new PlainSearcher()); // The other keeps what it has read.
    await expect(search()).rejects.toMatchObject({ code: "hash_mismatch" });
  });

  test("says that there is no dock where there is none", async () => {
    await rm(join(directory, "index.json"));
    await expect(client.islands()).rejects.toMatchObject({ code: "not_found" });
  });
});
