import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import type { Dock } from "../../src/client/dock/dock";
import type { LearnwareCard, SearchPage, SearchRequest } from "../../src/contracts/http/dock-api";
import { encodeFloats, toWire } from "../../src/contracts/wire/wire-rkme";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { openBook, sketchOnBook } from "../../src/engine/specification/book/book";
import { weighSpecification } from "../../src/engine/specification/book/weigh";
import { sketchOf } from "../../src/engine/specification/kernel/random-features";
import { islandFeatures } from "../../src/engine/search/sketches/island-features";
import { cardOf, entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { putOnBook } from "../fixtures/put-on-book";
import type { Opened, Shelf } from "./dock-client.suite";

interface About {
  readonly card: Partial<LearnwareCard>;
  readonly scenario?: readonly string[];
  readonly coveredBy?: string;
  /** Where its data lie. */
  readonly at: number;
}

const about: Readonly<Record<string, About>> = {
  attic: {
    card: {
      name: "Kinds of attics",
      description: "Told apart by their size.",
      task: "classification",
      target: "kind",
      translations: { zh: { name: "阁楼种类", description: "按大小区分。" } },
    },
    scenario: ["Education"],
    at: 6,
  },
  cellar: {
    card: { name: "Cellar prices", description: "Sales in Hamburg." },
    coveredBy: "loft",
    at: 1.1,
  },
  loft: {
    card: { name: "Loft prices", description: "Sales in Berlin, 100 % of 2014." },
    scenario: ["Business", "Financial"],
    at: 1.2,
  },
  penthouse: {
    card: { name: "Prices of penthouses", description: "A few sales in Munich." },
    scenario: ["Financial"],
    at: 1.8,
  },
  studio: {
    card: {
      name: "Studio rents",
      description: "By the month, in Berlin.",
      target: "rent",
      metrics: [],
      rowCount: 9000,
    },
    at: 2.5,
  },
  villa: {
    card: {
      name: "Villas",
      description: "Outside of town.",
      islandId: "villas",
      target: "sum",
      metrics: [{ name: "rmse", value: 1.9, trivial: 2, rows: 50 }],
    },
    at: 1,
  },
};
const user = rkmeAround(1, 0);

/** How every client of a dock must search, over whatever it is reached. */
export function dockSearchContract(name: string, open: (shelf: Shelf) => Promise<Opened>): void {
  describe.each([
    [name, 1],
    [`${name} on a book`, 2],
  ] as const)("%s", (_, version) => {
    let store: SqlStore;
    let opened: Opened;
    let client: Dock;
    let flatsNow: Space = island;

    beforeAll(async () => {
      store = await SqlStore.open(await PgliteDatabase.open({ sessionSettings: searchSettings }));
      const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-search-")));
      const { sha256, sizeBytes } = await blobs.put(new TextEncoder().encode("a zip"));
      const large = await blobs.put(new Uint8Array(20_000));
      await store.putSpace({ ...island, id: "flats" });
      const features = island.features.map((one) => ({ ...one, name: `${one.name}_of_villa` }));
      await store.putSpace({ ...island, id: "villas", features });
      for (const [id, { at, scenario = [], card }] of Object.entries(about)) {
        const { semantic } = cardOf(id);
        const Scenario = { ...semantic.Scenario, Values: [...scenario] };
        const zip = id === "studio" ? large : { sha256, sizeBytes };
        const change = { islandId: "flats", ...zip, ...card };
        await store.put(
          entryOf(id, rkmeAround(at, 0), { ...change, semantic: { ...semantic, Scenario } }),
        );
      }
      for (const [id, { coveredBy }] of Object.entries(about)) {
        if (!coveredBy) continue;
        await store.setCoveredBy({ id, sha256 }, { id: coveredBy, sha256 });
      }
      if (version > 1) flatsNow = await putOnBook({ store, blobs }, "flats");
      opened = await open({ store, blobs });
      client = opened.client;
    });
    afterAll(async () => store.close());
    beforeEach(() => {
      vi.stubGlobal("fetch", async (url: string, init: RequestInit) => opened.answer(url, init));
    });
    afterEach(() => vi.unstubAllGlobals());

    const flats = { id: "flats", version };
    const byData = (more: Partial<SearchRequest> = {}) =>
      client.search({
        islandId: "flats",
        requirement: { form: "reduced", space: flats, specification: toWire(user) },
        ...more,
      });
    const sketchOfUser = async () => {
      const { book: mark, kernel } = flatsNow;
      if (!mark) return sketchOf(user.points, user.weights, islandFeatures(island, 2));
      const book = openBook(await client.book(mark, 2), kernel);
      return sketchOnBook(book, weighSpecification(book, user));
    };
    const bySketch = async (more: Partial<SearchRequest> = {}) => {
      const sketch = await sketchOfUser();
      return byData({
        requirement: { form: "sketch", space: flats, sketch: encodeFloats("sketch", sketch) },
        ...more,
      });
    };

    const everything = ["attic", "loft", "penthouse", "studio", "villa", "cellar"];

    test("lists everything by id where nothing is asked for, redundant ones last", async () => {
      const answer = await client.search({});
      expect(idsOf(answer)).toEqual(everything);
      expect(answer).toMatchObject({ islandId: null, islands: [], mixture: null, next: null });
      const covers = answer.singles.map(({ coveredBy }) => coveredBy);
      expect(covers).toEqual([null, null, null, null, null, "loft"]);
      for (const { mmd2, similarity, coverage, score } of answer.singles) {
        expect([mmd2, similarity, coverage, score]).toEqual([null, null, null, null]);
      }
    });

    test.each<readonly [SearchRequest, readonly string[]]>([
      [{ filter: { tags: { Scenario: ["Financial"] } } }, ["loft", "penthouse"]],
      [{ filter: { tags: { Scenario: ["Business", "Education"] } } }, ["attic", "loft"]],
      [{ filter: { tags: { Scenario: ["Financial"], Data: ["Image"] } } }, []],
      [{ filter: { tags: { Task: ["Regression"], Scenario: [] } } }, everything],
      [{ filter: { target: "rent" } }, ["studio"]],
      [{ filter: { tags: { Scenario: ["Financial"] }, text: "berlin" } }, ["loft"]],
      [{ task: "classification" }, ["attic"]],
      [{ islandIds: ["villas", "none"] }, ["villa"]],
      [{ islandIds: [] }, []],
    ])("finds by %j", async (request, found) => {
      expect(idsOf(await client.search(request))).toEqual(found);
    });

    test.each<readonly [string, readonly string[], readonly string[]]>([
      // What stands there comes first, then by likeness; redundant ones last all the same.
      ["prices", ["loft", "penthouse", "cellar"], ["loft", "penthouse", "cellar"]],
      ["Sales in", ["loft", "penthouse", "cellar"], ["loft", "penthouse", "cellar"]],
      ["prices sales", ["loft", "penthouse", "cellar"], ["loft", "cellar"]],
      // Half of what was asked for is no answer, two of three parts are one.
      ["loft price", ["loft"], ["loft"]],
      ["Berlin studio", ["studio"], []],
      ["prices of sales in Hamburg", ["loft", "penthouse", "cellar"], []],
      ["prices of a zebra in Hamburg", ["cellar"], []],
      // Misspelt, begun, in Chinese, in other words.
      ["penthose", ["penthouse"], []],
      ["pent", ["penthouse"], ["penthouse"]],
      ["价格", ["loft", "penthouse", "cellar"], []],
      ["租金", ["studio"], []],
      ["what does a villa cost", [], []],
      ["mansions", [], []],
      ["house", ["villa"], ["penthouse"]],
      ["房子", ["villa"], []],
      ["100 %", ["loft"], ["loft"]],
      ["_", [], []],
      ["'~house' | 'x' & !'y':*", [], []],
      ["the of and", [], []],
      ["zebra", [], []],
      ["  ", everything, everything],
    ])("finds text: %s", async (text, fuzzily, exactly) => {
      const exact = await client.search({ filter: { text, textMode: "exact" } });
      expect(idsOf(exact)).toEqual(exactly);
      expect(idsOf(await client.search({ filter: { text } }))).toEqual(fuzzily);
      expect(idsOf(await client.search({ filter: { text, textMode: "fuzzy" } }))).toEqual(fuzzily);
    });

    test.each<readonly [SearchRequest["order"], readonly string[]]>([
      ["name", ["cellar", "attic", "loft", "penthouse", "studio", "villa"]],
      ["rows", ["studio", "attic", "cellar", "loft", "penthouse", "villa"]],
      ["skill", ["attic", "cellar", "loft", "penthouse", "villa", "studio"]],
      ["size", ["attic", "cellar", "loft", "penthouse", "villa", "studio"]],
    ])("lists in the order of %s, page by page", async (order, ids) => {
      const whole = await client.search({ order });
      expect(idsOf(whole)).toEqual(ids);
      const pages = [idsOf(await client.search({ order, limit: 4 }))];
      const { next } = await client.search({ order, limit: 4 });
      pages.push(idsOf(await client.searchNext({ cursor: next! })));
      expect(pages.flat()).toEqual(ids);
    });

    test("counts what there is of each kind, for what is not chosen of it", async () => {
      const { facets } = await client.search({ facets: true, limit: 1 });
      expect(facets).toMatchObject({
        total: 6,
        data: [{ value: "Table", count: 6 }],
        island: [
          { value: "flats", count: 5 },
          { value: "villas", count: 1 },
        ],
        scenario: [
          { value: "Financial", count: 2 },
          { value: "Business", count: 1 },
          { value: "Education", count: 1 },
        ],
        skill: [
          { value: "strong", count: 4 },
          { value: "unmeasured", count: 1 },
          { value: "weak", count: 1 },
        ],
      });
      const chosen = await client.search({
        facets: true,
        islandIds: ["flats"],
        filter: {
          text: "prices",
          tags: { Scenario: ["Business", "Education"] },
          skills: ["strong"],
        },
      });
      expect(idsOf(chosen)).toEqual(["loft"]);
      expect(chosen.facets).toMatchObject({
        total: 1,
        island: [{ value: "flats", count: 1 }],
        // Of its own facet another value could be added; what nobody has is listed because it is chosen.
        scenario: [
          { value: "Financial", count: 2 },
          { value: "Business", count: 1 },
          { value: "Education", count: 0 },
        ],
        skill: [{ value: "strong", count: 1 }],
      });
      expect((await client.search({})).facets).toBeNull();
    });

    test.each<readonly [SearchRequest["filter"], readonly string[]]>([
      [{ skills: ["weak", "unmeasured"] }, ["studio", "villa"]],
      [{ sizes: ["small"] }, ["studio"]],
      [{ sizes: ["tiny", "huge"], skills: ["weak"] }, ["villa"]],
    ])("finds by %j", async (filter, ids) => {
      expect(idsOf(await client.search({ filter }))).toEqual(ids);
    });

    test.each([
      { order: "colour" },
      { facets: "yes" },
      { filter: { sizes: ["enormous"] } },
      { filter: { skills: ["Strong"] } },
      { filter: { text: "x".repeat(201) } },
      { islandIds: ["no such name!"] },
    ])("refuses %j", async (request) => {
      const asked = client.search(request as SearchRequest);
      await expect(asked).rejects.toMatchObject({ code: "bad_input" });
    });

    test("finds by a translation, and answers with it", async () => {
      const found = await client.search({ filter: { text: "阁楼" } });
      expect(idsOf(found)).toEqual(["attic"]);
      expect(found.singles[0]!.learnware.translations?.zh?.name).toBe("阁楼种类");
    });

    test("finds islands by names of features, and what is on them", async () => {
      const named = await client.search({ featureNames: ["area of villa", "age_of_villa"] });
      expect(named.islands[0]).toEqual({ id: "villas", score: 1 });
      expect(idsOf(named)).toContain("villa");
      const both = await client.search({
        featureNames: ["area of villa", "age_of_villa"],
        islandIds: ["flats"],
        filter: { target: "kind" },
      });
      expect(both.islands).toEqual(named.islands);
      expect(idsOf(both)).not.toContain("villa");
      const none = await client.search({ featureNames: ["petal length"] });
      expect([none.islands, none.singles]).toEqual([[], []]);
    });

    test.each<readonly [Partial<SearchRequest>, readonly string[]]>([
      [{}, ["loft", "penthouse", "studio", "attic", "cellar"]],
      [{ filter: { text: "berlin" } }, ["loft", "studio"]],
      [{ filter: { text: "prises" } }, ["loft", "penthouse", "cellar"]],
      [
        { filter: { tags: { Scenario: ["Financial", "Education"] } } },
        ["loft", "penthouse", "attic"],
      ],
      [{ filter: { target: "price" }, task: "regression" }, ["loft", "penthouse", "cellar"]],
      [{ filter: { tags: { Data: ["Image"] } } }, []],
    ])("ranks by data, filtered by %j, redundant ones last", async (more, found) => {
      for (const answer of [await byData(more), await bySketch(more)]) {
        expect(idsOf(answer)).toEqual(found);
        for (const { learnware, coveredBy } of answer.singles) {
          expect(coveredBy).toBe(about[learnware.id]!.coveredBy ?? null);
        }
      }
    });

    test("mixes only what passes the filter", async () => {
      const { mixture } = await byData({ filter: { tags: { Scenario: ["Financial"] } } });
      for (const { id } of mixture?.members ?? []) expect(["loft", "penthouse"]).toContain(id);
    });

    test.each([
      ["data", () => byData({ limit: 2 }), () => byData()],
      ["a sketch", () => bySketch({ limit: 2 }), () => bySketch()],
      [
        "text",
        () => client.search({ filter: { text: "prices" }, limit: 2 }),
        () => client.search({ filter: { text: "prices" } }),
      ],
      ["nothing", () => client.search({ limit: 2 }), () => client.search({})],
    ])("gives every result once, page by page, when asked with %s", async (_, first, whole) => {
      const all = await whole();
      expect(all.next).toBeNull();
      const pages: SearchPage[] = [await first()];
      for (let { next } = pages[0]!; next !== null; next = pages.at(-1)!.next) {
        pages.push(await client.searchNext({ cursor: next, limit: 2 }));
      }
      expect(pages.slice(0, -1).map(({ singles }) => singles.length)).toEqual(
        pages.slice(0, -1).map(() => 2),
      );
      expect(pages.length).toBe(Math.ceil(all.singles.length / 2));
      expect(pages.flatMap(({ singles }) => singles)).toEqual(all.singles);
    });

    test("gives the same page again for the same cursor, of any length", async () => {
      const { next } = await byData({ limit: 1 });
      const page = await client.searchNext({ cursor: next!, limit: 2 });
      const again = await client.searchNext({ cursor: next!, limit: 2 });
      expect(again.singles).toEqual(page.singles);
      const rest = await client.searchNext({ cursor: next! });
      expect(rest.singles.slice(0, 2)).toEqual(page.singles);
      expect(rest.next).toBeNull();
    });

    test.each(["foreign", "x", "eNqrVkrLz1eyUkpKLFKqBQAdegQ0"])(
      "refuses the foreign cursor %s",
      async (cursor) => {
        const asked = client.searchNext({ cursor });
        await expect(asked).rejects.toMatchObject({ code: "bad_input" });
      },
    );

    test("refuses a page of none", async () => {
      const { next } = await byData({ limit: 1 });
      const asked = client.searchNext({ cursor: next!, limit: 0 });
      await expect(asked).rejects.toMatchObject({ code: "bad_input" });
    });

    test("gives scores relative to the other results when asked for, redundant ones last", async () => {
      const { singles } = await byData({ scores: "compat" });
      expect(singles.at(-1)!.learnware.id).toBe("cellar");
      for (const { score } of singles) {
        expect(score).toBeGreaterThanOrEqual(0.6);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(singles.length).toBeLessThan((await byData()).singles.length);
      expect((await byData()).singles.map(({ score }) => score)).toEqual([
        null,
        null,
        null,
        null,
        null,
      ]);
    });

    test("refuses a requirement without its island, and a filter that is none", async () => {
      const requirement: SearchRequest["requirement"] = {
        ...{ form: "reduced", space: flats, specification: toWire(user) },
      };
      const filter = { colour: "red" } as SearchRequest["filter"];
      const both = { requirement, islandId: "flats", facets: true };
      for (const request of [{ requirement }, { filter }, both]) {
        await expect(client.search(request)).rejects.toMatchObject({ code: "bad_input" });
      }
    });
  });
}

function idsOf({ singles }: SearchPage): string[] {
  return singles.map(({ learnware }) => learnware.id);
}
