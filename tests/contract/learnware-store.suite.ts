import { createHash } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { LearnwareCard } from "../../src/contracts/http/dock-api";
import { BookForm } from "../../src/dock/storage/forms/book-form";
import type {
  Described,
  Entry,
  LearnwareStore,
  SpaceVersion,
} from "../../src/dock/storage/learnware-store";
import { packRkme } from "../../src/engine/search/pairs";
import { openBook } from "../../src/engine/specification/book/book";
import { encodeBook } from "../../src/engine/specification/files/book-file";
import type { Specification } from "../../src/engine/specification/specification";
import { describeFor } from "../fixtures/described";
import { entryOf, island, rkmeAround, specificationOf } from "../fixtures/learnwares";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

function bookFor(outlines: readonly Specification[]) {
  const points = outlines.flatMap((rkme) => [...rkme.points.data]);
  const matrix = { data: Float64Array.from(points), rows: points.length / 2, cols: 2 };
  const book = openBook(matrix, island.kernel);
  const sha256 = createHash("sha256").update(encodeBook(matrix)).digest("hex");
  return { form: new BookForm(book), mark: { sha256, points: matrix.rows } };
}

/** With bytes as text, so that what holds them makes no difference. */
function plain<T extends Pick<Described, "points" | "weights">>(one: T) {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const { published } = one as Partial<Described>;
  return {
    ...one,
    points: text(one.points),
    weights: text(one.weights),
    published: published && {
      ...published,
      points: text(published.points),
      weights: text(published.weights),
    },
  };
}

/** What every LearnwareStore must do. Each adapter's test file calls this once. */
export function learnwareStoreContract(name: string, open: () => Promise<LearnwareStore>): void {
  describe(`${name} as a LearnwareStore`, () => {
    let store: LearnwareStore;
    beforeAll(async () => {
      store = await open();
      await store.putSpace(island);
    });
    afterAll(async () => store.close());

    const put = async (id: string, change: Partial<LearnwareCard> = {}, origin?: string) => {
      const entry = entryOf(id, rkmeAround(1, 2), change, origin);
      await store.put(entry);
      return entry.card;
    };
    /** An island of its own for a test that counts, or moves to another version. */
    const found = async (id: string): Promise<SpaceVersion> => {
      await store.putSpace({ ...island, id });
      return (await store.findSpace(id))!;
    };
    const on = (islandId: string, id: string, x = 1, y = 2): Entry =>
      entryOf(id, rkmeAround(x, y), { islandId });
    const sketchAround = (x: number, y: number) =>
      describeFor(island, rkmeAround(x, y), 0.5).sketch;

    test("gives an island back, with what is on it", async () => {
      await put("island-a");
      await put("island-b", { target: "rent" });
      const held = await store.findIsland(island.id);
      expect(held).toMatchObject({ id: island.id, name: island.name, space: island });
      expect(held?.learnwareCount).toBeGreaterThanOrEqual(2);
      expect(held?.targets).toEqual(["price", "rent"]);
      expect(await store.islands()).toEqual([held]);
    });

    test("counts learnwares and targets through replacing and removing", async () => {
      await found("counted");
      await store.put(on("counted", "count-1"));
      await store.put({
        ...on("counted", "count-2"),
        card: { ...on("counted", "count-2").card, target: "rent" },
      });
      await store.put(on("counted", "count-2"));
      expect(await store.findIsland("counted")).toMatchObject({
        learnwareCount: 2,
        targets: ["price"],
      });
      await store.remove("count-1");
      await store.remove("count-1");
      await store.remove("count-2");
      expect(await store.findIsland("counted")).toMatchObject({ learnwareCount: 0, targets: [] });
    });

    test("makes a newer version of an island the current one and keeps the last open", async () => {
      const first = await found("versions");
      await store.putSpace({ ...island, id: "versions", version: 2, name: "New" });
      await store.putSpace({ ...island, id: "versions", version: 3, name: "Newest" });
      expect(await store.findIsland("versions")).toMatchObject({
        space: { version: 3 },
        name: "Newest",
      });
      expect((await store.findSpace("versions", 2))?.definition.name).toBe("New");
      expect(await store.findSpace("versions", first.definition.version)).toBeNull();
      const versions = await store.spaceVersions("versions");
      expect(versions.map(({ version }) => version)).toEqual([3, 2, 1]);
      const back = store.putSpace({ ...island, id: "versions", version: 1 });
      await expect(back).rejects.toMatchObject({ code: "bad_input" });
    });

    test("removes an island only when nothing is on it", async () => {
      await put("on-island");
      await store.putSpace({ ...island, id: "empty" });
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

    test("replaces a learnware together with its specification, and remembers what was there", async () => {
      await put("again", { sha256: "a".repeat(64) });
      await store.put(
        entryOf("again", rkmeAround(3, 4), { name: "Newer", sha256: "b".repeat(64) }),
      );
      expect((await store.find("again"))?.name).toBe("Newer");
      expect(await store.findSpecification("again")).toEqual(
        specificationOf("again", rkmeAround(3, 4)),
      );
      const history = await store.history("again");
      expect(history.map(({ version, sha256 }) => [version, sha256[0]])).toEqual([
        [2, "b"],
        [1, "a"],
      ]);
      expect(await store.usesPackage("a".repeat(64))).toBe(true);
      expect(await store.usesPackage("c".repeat(64))).toBe(false);
    });

    test("refuses a learnware of no island, and keeps nothing of it", async () => {
      await expect(store.put(on("nowhere", "lost"))).rejects.toMatchObject({ code: "bad_input" });
      expect(await store.find("lost")).toBeNull();
      expect(await store.findSpecification("lost")).toBeNull();
    });

    test("refuses what is described on another version of its island", async () => {
      const stale = { ...entryOf("stale", rkmeAround(1, 2)), spaceVersion: 7 };
      await expect(store.put(stale)).rejects.toMatchObject({ code: "stale_island" });
      expect(await store.find("stale")).toBeNull();
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
      const cards = await store.findAll(["many-2", "none", "many-1"]);
      expect(cards.map(({ id }) => id).sort()).toEqual(["many-1", "many-2"]);
    });

    test("hides a removed learnware everywhere, and brings it back when it is put again", async () => {
      const space = await found("removing");
      const card = on("removing", "gone").card;
      await store.put(on("removing", "gone"));
      await store.remove("gone");
      await store.remove("never-was");
      expect(await store.find("gone")).toBeNull();
      expect(await store.findSpecification("gone")).toBeNull();
      expect(await store.nearest(space, sketchAround(1, 2), { limit: 9 })).toEqual([]);
      expect(await store.history("gone")).toHaveLength(1);
      await store.put(on("removing", "gone"));
      expect(await store.find("gone")).toEqual(card);
      expect(await store.history("gone")).toHaveLength(1);
    });

    test("forgets what was removed before a date, and nothing else", async () => {
      await put("purged");
      await put("kept");
      await store.remove("purged");
      expect(await store.purge(new Date(Date.now() - 86_400_000))).toBe(0);
      expect(await store.purge(new Date(Date.now() + 86_400_000))).toBeGreaterThanOrEqual(1);
      expect(await store.history("purged")).toEqual([]);
      expect(await store.find("kept")).not.toBeNull();
    });

    test("finds the nearest, nearest first, with all that an exact comparison needs", async () => {
      const space = await found("finding");
      for (const x of [3, 0, 1]) await store.put(on("finding", `at-${x}`, x, x));
      const near = await store.nearest(space, sketchAround(0, 0), { limit: 2 });
      expect(near.map(({ id }) => id)).toEqual(["at-0", "at-1"]);
      const { described } = on("finding", "at-0", 0, 0);
      expect(near[0]!.squaredDistance).toBeCloseTo(0, 6);
      expect(near[0]).toMatchObject({ version: 1, rows: 20, cols: 2, target: "price" });
      expect([...near[0]!.points]).toEqual([...described.points]);
      expect(near[0]!.selfProduct).toBe(described.selfProduct);
      const cards = await store.findVersions(near);
      expect(near.map(({ number }) => cards.get(number)?.id)).toEqual(["at-0", "at-1"]);
    });

    test("answers with the card of the version that was found, whatever came since", async () => {
      const space = await found("snapshots");
      const change = { islandId: "snapshots", sha256: "1".repeat(64) };
      await store.put(entryOf("moving", rkmeAround(1, 1), { ...change, name: "Then" }));
      const near = await store.nearest(space, sketchAround(1, 1), { limit: 1 });
      await store.put(
        entryOf("moving", rkmeAround(5, 5), { ...change, sha256: "2".repeat(64), name: "Now" }),
      );
      await store.remove("moving");
      const cards = await store.findVersions(near);
      expect([...cards.values()].map(({ name }) => name)).toEqual(["Then"]);
    });

    test("finds the nearest among those that a filter leaves", async () => {
      const space = await found("filtering");
      const add = (id: string, x: number, change: Partial<LearnwareCard>) =>
        store.put(entryOf(id, rkmeAround(x, x), { islandId: "filtering", ...change }));
      await add("f-near", 0, { target: "rent" });
      await add("f-far", 3, { task: "classification", name: "Risk of flooding" });
      const find = async (query: object) =>
        (await store.nearest(space, sketchAround(0, 0), { limit: 9, ...query })).map(
          ({ id }) => id,
        );
      expect(await find({})).toEqual(["f-near", "f-far"]);
      expect(await find({ task: "classification" })).toEqual(["f-far"]);
      expect(await find({ filter: { target: "rent" } })).toEqual(["f-near"]);
      expect(await find({ filter: { text: "FLOOD" } })).toEqual(["f-far"]);
      expect(await find({ filter: { tags: { Task: ["Regression", "Ranking"] } } })).toHaveLength(2);
      expect(await find({ filter: { tags: { Task: ["Ranking"] } } })).toEqual([]);
      expect(await find({ task: "regression", filter: { text: "flood" } })).toEqual([]);
    });

    test("matches by meaning: parts of words, misspelt words, tags; the rest page by page", async () => {
      await found("meaning");
      const add = (id: string, name: string, description: string) =>
        store.put(entryOf(id, rkmeAround(1, 1), { islandId: "meaning", name, description }));
      await add("m-1", "House prices in Seattle", "What a house sells for. 100 % made up.");
      await add("m-2", "Flight delays", "Minutes late at the destination.");
      await add("m-3", "房价预测", "根据面积预测房屋售价。");
      const match = async (filter: object, more: object = {}) =>
        (await store.match({ filter, islandIds: ["meaning"], limit: 9, ...more })).map(
          ({ card }) => card.id,
        );
      expect(await match({})).toEqual(["m-1", "m-2", "m-3"]);
      expect(await match({ text: "  DELAY ", textMode: "exact" })).toEqual(["m-2"]);
      expect(await match({ text: "delais", textMode: "exact" })).toEqual([]);
      expect(await match({ text: "destinatoin" })).toEqual(["m-2"]);
      expect(await match({ text: "房屋" })).toEqual(["m-1", "m-3"]);
      expect(await match({ text: "100 %", textMode: "exact" })).toEqual(["m-1"]);
      expect(await match({ text: "1__ %", textMode: "exact" })).toEqual([]);
      expect(await match({}, { task: "classification" })).toEqual([]);
      const [first] = await store.match({ filter: {}, islandIds: ["meaning"], limit: 1 });
      const after = { at: first!.at, id: first!.card.id };
      expect(await match({}, { after })).toEqual(["m-2", "m-3"]);
      const { sha256 } = (await store.find("m-1"))!;
      await store.setCoveredBy({ id: "m-1", sha256 }, { id: "m-2", sha256 });
      expect(await match({})).toEqual(["m-2", "m-3", "m-1"]);
    });

    test("keeps a mark until what makes a learnware redundant is removed or replaced", async () => {
      const space = await found("marks");
      const [before, after] = ["5".repeat(64), "6".repeat(64)];
      const put = (id: string, sha256: string) =>
        store.put(entryOf(id, rkmeAround(1, 1), { islandId: "marks", sha256 }));
      const mark = (id: string, cover: string | null, sha256 = before) =>
        store.setCoveredBy({ id, sha256: before }, cover === null ? null : { id: cover, sha256 });
      const marks = async () => {
        const near = await store.nearest(space, sketchAround(1, 1), { limit: 9 });
        return new Map(near.map(({ id, coveredBy }) => [id, coveredBy]));
      };
      for (const id of ["first", "copy", "other"]) await put(id, before);
      expect(await store.undecided("marks", 2)).toEqual(["first", "copy"]);
      await mark("first", null);
      const { changes } = (await store.growth("marks"))!;
      await mark("copy", "first");
      expect((await store.growth("marks"))?.changes).not.toBe(changes);
      const placed = await store.placed(space, "0", 9);
      expect(placed.map(({ coveredBy }) => coveredBy)).toEqual([null, "first", null]);
      await mark("other", "first", after); // Looked at when it was another.
      expect(await store.undecided("marks", 9)).toEqual(["other"]);
      await mark("other", "first");
      expect(await marks()).toEqual(
        new Map([["first", null], ["copy", "first"], ["other", "first"]]),
      ); // prettier-ignore
      const distinct = await store.nearest(space, sketchAround(1, 1), { limit: 9, distinct: true });
      expect(distinct.map(({ id }) => id)).toEqual(["first"]);

      await put("first", after);
      expect(await store.undecided("marks", 9)).toEqual(["first", "copy", "other"]);
      await mark("first", "copy"); // Decided for the package before.
      expect([...(await marks()).values()]).toEqual([null, null, null]);
      await mark("other", "copy");
      await store.remove("copy");
      expect(await store.undecided("marks", 9)).toEqual(["first", "other"]);
      await mark("other", "copy");
      expect((await marks()).get("other")).toBeNull();
    });

    test("takes many at once, all of them or none", async () => {
      const space = await found("bulk");
      const entries = Array.from({ length: 30 }, (_, i) => on("bulk", `bulk-${i}`, i, 0));
      await store.withoutIndex(space, async () => store.putAll(entries.slice(0, 20)));
      await expect(store.putAll(entries.slice(10))).rejects.toMatchObject({ code: "bad_input" });
      expect(await store.findIsland("bulk")).toMatchObject({
        learnwareCount: 20,
        targets: ["price"],
      });
      const near = await store.nearest(space, sketchAround(7, 0), { limit: 1 });
      expect(near.map(({ id }) => id)).toEqual(["bulk-7"]);
      expect(await store.find("bulk-3")).toEqual(entries[3]!.card);
      const stale = store.putAll([{ ...on("bulk", "bulk-x"), spaceVersion: 2 }]);
      await expect(stale).rejects.toMatchObject({ code: "stale_island" });
    });

    test("reads a space in the order of its numbers", async () => {
      const space = await found("walk");
      for (const x of [1, 2, 3]) await store.put(on("walk", `walk-${x}`, x, 0));
      const first = await store.placed(space, "0", 2);
      const rest = await store.placed(space, first[1]!.number, 9);
      expect([...first, ...rest].map(({ id }) => id)).toEqual(["walk-1", "walk-2", "walk-3"]);
      const { described } = on("walk", "walk-1", 1, 0);
      expect(first[0]!.sketch).toHaveLength(512);
      // Half precision keeps 11 bits of numbers that are at most 1/16.
      first[0]!.sketch.forEach((value, i) => expect(value).toBeCloseTo(described.sketch[i]!, 4));
    });

    test("builds the next version of an island beside the current one, and swaps", async () => {
      const space = await found("growing");
      for (const x of [1, 2, 3]) await store.put(on("growing", `g-${x}`, x, 0));
      const next = { ...space.definition, version: 2, kernel: gaussianKernel(0.4) };
      await store.prepareSpace(next); // As one that was left half-built.
      const building = await store.prepareSpace(next);
      expect(await store.findSpace("growing", 2)).toBeNull();

      const fill = async () => {
        const placed = await store.missingFrom(building, 9);
        await store.fillSpace(building, placed);
        return placed.map(({ id }) => id).sort();
      };
      expect(await fill()).toEqual(["g-1", "g-2", "g-3"]);
      await store.put(on("growing", "g-4", 4, 0));
      await store.remove("g-1");
      await store.put(
        entryOf("g-2", rkmeAround(9, 9), { islandId: "growing", sha256: "9".repeat(64) }),
      );
      expect(await store.publishSpace(building)).toBe(false);
      expect(await fill()).toEqual(["g-2", "g-4"]);
      expect(await store.publishSpace(building)).toBe(true);

      const current = (await store.findSpace("growing"))!;
      expect(current.definition).toEqual(next);
      const ids = async (of: SpaceVersion) =>
        (await store.nearest(of, sketchAround(4, 0), { limit: 9 })).map(({ id }) => id).sort();
      expect(await ids(current)).toEqual(["g-2", "g-3", "g-4"]);
      expect(await ids(space)).toEqual(["g-2", "g-3", "g-4"]); // Searches under way go on.
      await expect(store.put(on("growing", "g-5"))).rejects.toMatchObject({ code: "stale_island" });
      await store.putSpace({ ...next, version: 3 });
      const late = store.nearest(space, sketchAround(4, 0), { limit: 9 });
      await expect(late).rejects.toMatchObject({ code: "stale_island" });
    });

    test("has specifications on the current and the last version of an island", async () => {
      const { definition: first } = await found("two");
      await store.put(on("two", "g-4"));
      const building = await store.prepareSpace({
        ...first,
        version: 2,
        kernel: gaussianKernel(0.4),
      });
      await store.fillSpace(building, await store.missingFrom(building, 9));
      await store.publishSpace(building);
      const specification = await store.findSpecification("g-4");
      expect(specification).toMatchObject({
        spaceVersion: 2,
        rkme: { kernel: gaussianKernel(0.4) },
      });
      expect((await store.findSpecification("g-4", 1))?.spaceVersion).toBe(1);
      expect(await store.specificationsOn("two", 2)).toEqual([specification]);
    });

    test("keeps weights on a book, and what stands behind them", async () => {
      const outlines = await found("on-book");
      for (const x of [1, 2]) await store.put(on("on-book", `b-${x}`, x, 0));
      const before = await store.placed(outlines, "0", 9);
      expect(before.map(({ published }) => published)).toEqual([null, null]);
      const { form, mark } = bookFor([rkmeAround(1, 0), rkmeAround(4, 0)]);
      const building = await store.prepareSpace({ ...outlines.definition, version: 2, book: mark });
      expect(await store.usesBook(mark.sha256)).toBe(true);
      expect(await store.usesBook("0".repeat(64))).toBe(false);
      const weighed = (rkme: Specification): Described => {
        const packed = form.pack(rkme);
        const published = { ...packRkme(rkme), spaceVersion: 1, radiusSquared: 0.5 };
        const figures = { rowCount: 1200, radiusSquared: 0.5, selfProduct: 0.5 };
        return { ...packed, ...figures, sketch: form.sketch(packed), published };
      };
      const [first, second] = await store.missingFrom(building, 9);
      await store.fillSpace(building, [
        { ...first!, ...weighed(rkmeAround(1, 0)) },
        { ...second!, ...weighed(rkmeAround(2, 0)), published: null },
      ]);
      expect(await store.publishSpace(building)).toBe(true);
      const exact = { ...weighed(rkmeAround(3, 0)), published: null };
      const entry = on("on-book", "b-3", 3, 0);
      await store.put({ ...entry, spaceVersion: 2, described: exact });
      const many = [4, 5].map((x) => ({
        ...on("on-book", `b-${x}`),
        spaceVersion: 2,
        described: weighed(rkmeAround(x, 0)),
      }));
      await store.withoutIndex(building, () => store.putAll(many));

      const placed = await store.placed(building, "0", 9);
      expect(placed.map(({ id }) => id)).toEqual(["b-1", "b-2", "b-3", "b-4", "b-5"]);
      for (const [i, one] of placed.entries()) {
        const described = weighed(rkmeAround(i + 1, 0));
        const { sketch, ...rest } =
          i === 1 || i === 2 ? { ...described, published: null } : described;
        expect(plain(one)).toMatchObject(plain(rest));
        one.sketch.forEach((value, j) => expect(value).toBeCloseTo(sketch[j]!, 3));
      }
      const near = await store.nearest(building, exact.sketch, { limit: 2 });
      expect(near[0]).toMatchObject({ id: "b-3", rows: mark.points, cols: 2 });
      expect(plain(near[0]!)).toMatchObject({ weights: plain(exact).weights });
      const { rkme } = (await store.findSpecification("b-3"))!;
      const weights = Buffer.from(exact.weights).toString("base64");
      expect(rkme).toEqual({ book: mark.sha256, weights, rowCount: 1200 });
      expect((await store.findSpecification("b-1", 1))!.rkme).toMatchObject({ rows: 20 });
      const wanted = new Map(placed.map(({ id }) => [id, "0".repeat(64)]));
      expect(await store.findSpecifications(wanted, 2)).toHaveLength(5);
    });

    test("resolves to null for what it does not have", async () => {
      expect(await store.find("unknown")).toBeNull();
      expect(await store.findSpecification("unknown")).toBeNull();
      expect(await store.findIsland("unknown")).toBeNull();
      expect(await store.findSpace("unknown")).toBeNull();
      expect(await store.history("unknown")).toEqual([]);
    });
  });
}
