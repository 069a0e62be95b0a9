import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { LearnwareStore } from "../../src/dock/store/learnware-store";
import { cardOf, island, rkmeAround, specificationOf } from "../fixtures/learnwares";

/** What every LearnwareStore must do. Each adapter's test file calls this once. */
export function learnwareStoreContract(name: string, open: () => Promise<LearnwareStore>): void {
  describe(`${name} as a LearnwareStore`, () => {
    let store: LearnwareStore;
    beforeAll(async () => {
      store = await open();
      await store.putIsland(island);
    });
    afterAll(async () => store.close());

    const put = async (id: string, change: Partial<ReturnType<typeof cardOf>> = {}) => {
      const card = { ...cardOf(id), ...change };
      await store.put(card, specificationOf(id, rkmeAround(1, 2)), "upload");
      return card;
    };

    test("gives an island back, with what is on it", async () => {
      await put("island-a");
      await put("island-b", { target: "rent" });
      const found = await store.findIsland(island.id);
      expect(found).toMatchObject(island);
      expect(found?.learnwareCount).toBeGreaterThanOrEqual(2);
      expect(found?.targets).toEqual(["price", "rent"]);
      expect(await store.islands()).toEqual([found]);
    });

    test("replaces an island", async () => {
      const other = { ...island, id: "other", version: 1 };
      await store.putIsland(other);
      await store.putIsland({ ...other, version: 2, name: "New" });
      expect(await store.findIsland("other")).toMatchObject({ version: 2, name: "New" });
    });

    test("removes an island only when nothing is on it", async () => {
      await put("on-island");
      await store.putIsland({ ...island, id: "empty" });
      await store.removeEmptyIsland("empty");
      await store.removeEmptyIsland(island.id);
      expect(await store.findIsland("empty")).toBeNull();
      expect(await store.find("on-island")).not.toBeNull();
    });

    test("gives a card and a specification back", async () => {
      const card = await put("plain", { unit: "€", name: "Ünïcode 'quoted' \\ 100 %" });
      expect(await store.find("plain")).toEqual(card);
      expect(await store.findSpecification("plain")).toEqual(
        specificationOf("plain", rkmeAround(1, 2)),
      );
    });

    test("replaces a learnware together with its specification", async () => {
      await put("again");
      const newer = specificationOf("again", rkmeAround(3, 4), 2);
      await store.put({ ...cardOf("again"), name: "Newer" }, newer, "upload");
      expect((await store.find("again"))?.name).toBe("Newer");
      expect(await store.findSpecification("again")).toEqual(newer);
    });

    test("refuses a learnware of no island, and keeps nothing of it", async () => {
      const card = { ...cardOf("lost"), islandId: "nowhere" };
      const adding = store.put(card, specificationOf("lost", rkmeAround(0, 0)), "upload");
      await expect(adding).rejects.toMatchObject({ code: "bad_input" });
      expect(await store.find("lost")).toBeNull();
      expect(await store.findSpecification("lost")).toBeNull();
    });

    test("lists by id, a page at a time, and counts all that match", async () => {
      for (const id of ["page-1", "page-2", "page-3"]) await put(id, { task: "classification" });
      const filter = { islandId: island.id, task: "classification" } as const;
      const page = await store.list(filter, { limit: 2, offset: 1 });
      expect(page.learnwares.map(({ id }) => id)).toEqual(["page-2", "page-3"]);
      expect(page.total).toBe(3);
      expect((await store.list({ origin: "starter" }, { limit: 9, offset: 0 })).total).toBe(0);
    });

    test("finds those of many ids that exist", async () => {
      await put("many-1");
      await put("many-2");
      const found = await store.findAll(["many-2", "none", "many-1"]);
      expect(found.map(({ id }) => id).sort()).toEqual(["many-1", "many-2"]);
    });

    test("keeps specifications of other versions of an island apart", async () => {
      const specification = {
        ...specificationOf("later", rkmeAround(1, 1)),
        islandVersion: 7,
      };
      await store.put(cardOf("later"), specification, "upload");
      expect(await store.specificationsOn(island.id, 7)).toEqual([specification]);
    });

    test("removes a learnware and its specification", async () => {
      await put("gone");
      await store.remove("gone");
      await store.remove("gone");
      expect(await store.find("gone")).toBeNull();
      expect(await store.findSpecification("gone")).toBeNull();
    });

    test("resolves to null for what it does not have", async () => {
      expect(await store.find("unknown")).toBeNull();
      expect(await store.findSpecification("unknown")).toBeNull();
      expect(await store.findIsland("unknown")).toBeNull();
    });
  });
}
