import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import type { Dock } from "../../src/client/dock/dock";
import type { SearchRequest } from "../../src/contracts/http/dock-api";
import { SKETCH_LENGTH } from "../../src/contracts/wire/sketch-length";
import { encodeFloats, toWire } from "../../src/contracts/wire/wire-rkme";
import type { BlobStore } from "../../src/dock/storage/blobs/blob-store";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { ChartDrawing } from "../../src/dock/jobs/draw-chart";
import type { LearnwareStore } from "../../src/dock/storage/learnware-store";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { squaredMmd } from "../../src/engine/specification/kernel/mmd";
import { sketchOf } from "../../src/engine/specification/kernel/random-features";
import { islandFeatures } from "../../src/engine/search/sketches/island-features";
import { scanSketches } from "../../src/engine/search/sketches/sketch-scan";
import type { Specification } from "../../src/engine/specification/specification";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import {
  cardOf,
  entryOf,
  island,
  rkmeAround,
  specificationOf,
  spaceName,
  summaryOf,
} from "../fixtures/learnwares";

/** A dock's learnwares, as they lie in its stores. */
export interface Shelf {
  readonly store: LearnwareStore;
  readonly blobs: BlobStore;
}

/** A client, and what answers its requests in place of the network. */
export interface Opened {
  readonly client: Dock;
  readonly answer: (url: string, init: RequestInit) => Promise<Response> | Response;
}

const zip = new TextEncoder().encode("a zip");

/** Centres of learnwares, from which a user between the first two can be mixed. */
const centres: Readonly<Record<string, readonly [number, number]>> = {
  east: [3, 0],
  west: [-3, 0],
  north: [0, 3],
  south: [0, -4],
  "far-east": [5, 0.5],
  "far-west": [-6, 1],
};
const classifiers = new Set(["north", "far-west"]);
const ids = Object.keys(centres).sort();
const rkmes = new Map(Object.entries(centres).map(([id, [x, y]]) => [id, rkmeAround(x, y)]));

/** Half of it near each of two learnwares. */
const torn = merge(rkmeAround(3.1, 0), rkmeAround(-3.1, 0));
const eastern = rkmeAround(2.5, 0.5);

/** What every client of a dock must do, over whatever it is reached. */
export function dockClientContract(name: string, open: (shelf: Shelf) => Promise<Opened>): void {
  describe(name, () => {
    let store: SqlStore;
    let opened: Opened;
    let client: Dock;
    let sha256: string;

    beforeAll(async () => {
      store = await SqlStore.open(await PgliteDatabase.open());
      const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-client-")));
      ({ sha256 } = await blobs.put(zip));
      await store.putSpace(island);
      await store.putSpace({ ...island, id: "empty" });
      for (const [id, rkme] of rkmes) {
        const task = classifiers.has(id) ? "classification" : "regression";
        await store.put(entryOf(id, rkme, { task, sha256, sizeBytes: zip.length }));
      }
      await new ChartDrawing({ store }).run({ keep: () => Promise.resolve() });
      opened = await open({ store, blobs });
      client = opened.client;
    });
    afterAll(async () => store.close());
    beforeEach(() => {
      vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
        init.signal?.throwIfAborted();
        return opened.answer(url, init);
      });
    });
    afterEach(() => {
      vi.unstubAllGlobals();
      vi.useRealTimers();
    });

    const search = (requirement: SearchRequest["requirement"], more: Partial<SearchRequest> = {}) =>
      client.search({ islandId: island.id, requirement, ...more });
    const reduced = (rkme: Specification, space = spaceName): SearchRequest["requirement"] => {
      return { form: "reduced", space, specification: toWire(rkme) };
    };

    test("reads islands, with what is on them", async () => {
      const summary = summaryOf(island, { learnwareCount: ids.length, targets: ["price"] });
      const empty = summaryOf({ ...island, id: "empty" });
      expect(await client.islands()).toEqual([empty, summary]);
      expect(await client.island("houses")).toEqual(summary);
    });

    test("reads cards, specifications and zips", async () => {
      const card = await client.learnware("east");
      expect(card).toEqual(cardOf("east", sha256, zip.length));
      const name = { id: "east", sha256, spaceVersion: 1 };
      expect(await client.specification(name)).toEqual(specificationOf("east", rkmes.get("east")!));
      const onProgress = vi.fn();
      expect(await client.packageBytes(card, { onProgress })).toEqual(zip);
      expect(onProgress).toHaveBeenLastCalledWith({ stage: "download", done: 5, total: 5 });
    });

    test("reads sketches, from which the nearest can be found", async () => {
      const { islandId, spaceVersion, entries, sketches } = await client.sketches("houses");
      expect([islandId, spaceVersion, sketches.count]).toEqual(["houses", 1, SKETCH_LENGTH]);
      expect(entries.map(({ id }) => id).sort()).toEqual(ids);
      const [nearest] = scanSketches(sketches, sketchFor(eastern), 1);
      expect(entries[nearest!.index]).toMatchObject({
        id: "east",
        task: "regression",
        target: "price",
      });
      const none = await client.sketches("empty");
      expect([none.entries.length, none.sketches.data.length]).toEqual([0, 0]);
    });

    test("reads the chart, on which learnwares of like data lie nearest each other", async () => {
      const { islands } = await client.chart();
      expect(islands.map((one) => [one.id, one.ids])).toEqual([
        ["empty", []],
        ["houses", ids],
      ]);
      const { places, unit, radius } = islands[1]!;
      const drawn = (a: string, b: string) => {
        const [i, j] = [ids.indexOf(a), ids.indexOf(b)];
        return Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
      };
      for (const other of ids.filter((id) => !id.endsWith("east"))) {
        expect(drawn("east", "far-east")).toBeLessThan(drawn("east", other));
      }
      expect(unit).toBeGreaterThan(0);
      expect(Math.max(...places.map(Math.abs))).toBeLessThan(radius);
    });

    test("ranks by the exact distance between reduced sets", async () => {
      const { islandId, singles } = await search(reduced(eastern));
      expect(islandId).toBe("houses");
      expect(singles.map(({ learnware }) => learnware.id)).toEqual(byDistance(eastern));
      for (const { learnware, mmd2, similarity } of singles) {
        const rkme = rkmes.get(learnware.id)!;
        expect(mmd2).toBeCloseTo(squaredMmd(eastern, rkme), 5);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
      }
      expect(singles[0]!.learnware).toEqual(cardOf("east", sha256, zip.length));
      expect(singles[0]!.coverage).toBeGreaterThan(0.5);
      expect(singles.at(-1)!.coverage).toBe(0);
    });

    test("mixes learnwares where that comes nearer than any", async () => {
      const { singles, mixture } = await search(reduced(torn));
      const weights = new Map(mixture!.members.map(({ id, weight }) => [id, weight]));
      expect(weights.get("east")).toBeGreaterThan(0.35);
      expect(weights.get("west")).toBeGreaterThan(0.35);
      expect(sum(weights.values())).toBeCloseTo(1, 6);
      expect(mixture!.mmd2).toBeLessThan(0.3 * singles[0]!.mmd2!);
      expect(mixture!.coverage).toBeGreaterThan(0.9);
      expect((await search(reduced(eastern), { limit: 1 })).singles).toHaveLength(1);
    });

    test.each(["sketch", "private"] as const)("ranks by a %s, without coverage", async (form) => {
      const sketch = encodeFloats("sketch", sketchFor(eastern));
      const noise = { epsilon: 1, delta: 1e-5, rowCount: 100 };
      const { singles, mixture } = await search(
        form === "sketch"
          ? { form, space: spaceName, sketch }
          : { form, space: spaceName, sketch, ...noise },
        { limit: 3 },
      );
      const order = byDistance(eastern, sketchDistance);
      expect(singles.map(({ learnware }) => learnware.id)).toEqual(order.slice(0, 3));
      expect(singles.map(({ coverage }) => coverage)).toEqual([null, null, null]);
      expect(singles[0]!.mmd2).toBeCloseTo(sketchDistance(eastern, rkmes.get("east")!), 3);
      expect(mixture).toBeNull();
    });

    test("finds only learnwares of the task that is asked for", async () => {
      const { singles, mixture } = await search(reduced(torn), { task: "classification" });
      const found = singles.map(({ learnware }) => learnware.id);
      expect(found).toEqual(byDistance(torn).filter((id) => classifiers.has(id)));
      for (const { id } of mixture?.members ?? []) expect(classifiers).toContain(id);
    });

    test("finds only learnwares of the target that is asked for", async () => {
      const { singles } = await search(reduced(torn), { filter: { target: "price" } });
      expect(singles).toHaveLength(ids.length);
      const none = await search(reduced(torn), { filter: { target: "size" } });
      expect(none.singles).toEqual([]);
      const plain = await search(reduced(torn), { mixture: false });
      expect([plain.singles.length, plain.mixture]).toEqual([ids.length, null]);
    });

    test("finds nothing on an island without learnwares", async () => {
      const space = { ...spaceName, id: "empty" };
      const none = await search(reduced(eastern, space), { islandId: "empty" });
      expect(none).toMatchObject({ islandId: "empty", singles: [], mixture: null, next: null });
    });

    test("says that there is no such island or learnware", async () => {
      const asked: (() => Promise<unknown>)[] = [
        () => client.island("none"),
        () => client.sketches("none"),
        () => client.learnware("none"),
        () => client.specification({ id: "none", sha256, spaceVersion: 1 }),
        () => client.specification({ id: "east", sha256: "0".repeat(64), spaceVersion: 1 }),
        () => client.specification({ id: "east", sha256, spaceVersion: 2 }),
        () => search(reduced(eastern), { islandId: "none" }),
        () => client.packageBytes({ id: "none", sha256: "0".repeat(64), sizeBytes: 1 }),
      ];
      for (const call of asked) await expect(call()).rejects.toMatchObject({ code: "not_found" });
    });

    test.each([
      ["with a limit of none", { limit: 0 }, eastern],
      ["under another gamma", {}, { ...eastern, kernel: gaussianKernel(0.1) }],
      [
        "of another dimension",
        {},
        { ...eastern, points: { data: new Float64Array(20), rows: 20, cols: 1 } },
      ],
    ] as const)("refuses a search %s", async (_, more, rkme) => {
      await expect(search(reduced(rkme), more)).rejects.toMatchObject({ code: "bad_input" });
    });

    test("refuses a search on another version of the island", async () => {
      const stale = search(reduced(eastern, { ...spaceName, version: 2 }));
      await expect(stale).rejects.toMatchObject({ code: "stale_island" });
    });

    test("refuses a zip that is longer than its card says", async () => {
      const download = client.packageBytes({ id: "east", sha256, sizeBytes: 3 });
      await expect(download).rejects.toMatchObject({ code: "hash_mismatch" });
    });

    test("says that the request was cancelled", async () => {
      const signal = AbortSignal.abort();
      await expect(client.islands({ signal })).rejects.toMatchObject({ code: "aborted" });
    });

    test("says that the dock cannot be reached", async () => {
      vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
      await expect(client.islands()).rejects.toMatchObject({ code: "network_failed" });
    });

    test("gives up after thirty seconds", async () => {
      vi.useFakeTimers();
      vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
        return new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        });
      });
      const asking = expect(client.islands()).rejects.toMatchObject({ code: "timed_out" });
      await vi.advanceTimersByTimeAsync(30_000);
      await asking;
    });

    test.each(["not JSON", '{"islands": [{"id": 7}]}', "[".repeat(1e6)])(
      "takes no answer that breaks the contract: %.40s",
      async (body) => {
        vi.stubGlobal("fetch", () => Promise.resolve(new Response(body)));
        await expect(client.islands()).rejects.toMatchObject({ code: "bad_answer" });
      },
    );

    test.each([
      [503, { code: "network_failed", message: "" }, "dock_busy"],
      [429, { code: "too_many", message: "" }, "dock_busy"],
      [500, { code: "internal", message: "" }, "dock_failed"],
      [502, "<html>bad gateway", "dock_failed"],
      [418, "I am a teapot", "bad_answer"],
      [204, null, "bad_answer"],
    ])("says of status %i whose fault it is", async (status, body, code) => {
      const answer = new Response(typeof body === "string" ? body : body && JSON.stringify(body), {
        status,
        headers: { "Retry-After": "7" },
      });
      vi.stubGlobal("fetch", () => Promise.resolve(answer));
      const details = code === "dock_busy" ? { seconds: 7 } : {};
      await expect(client.islands()).rejects.toMatchObject({ code, details });
    });

    test("gives up on an answer that comes a byte a second", async () => {
      vi.useFakeTimers();
      vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) =>
        Promise.resolve(trickle(" ", 1000, signal!)),
      );
      const asked = [
        client.islands(),
        client.packageBytes({ id: "east", sha256, sizeBytes: 60 << 20 }),
      ];
      const refused = asked.map((one) => expect(one).rejects.toMatchObject({ code: "timed_out" }));
      await vi.advanceTimersByTimeAsync(65_000);
      await Promise.all(refused);
    });

    test("reads no more of an endless answer than it would believe", async () => {
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1 << 20;
          controller.enqueue(new Uint8Array(1 << 20).fill(32));
        },
      });
      vi.stubGlobal("fetch", () => Promise.resolve(new Response(endless)));
      await expect(client.islands()).rejects.toMatchObject({ code: "bad_answer" });
      expect(sent).toBeLessThan(40 << 20);
    });

    test("sets nothing aside for a size that is only claimed", async () => {
      const asked = vi.fn(() => Promise.resolve(new Response("tiny")));
      vi.stubGlobal("fetch", asked);
      const name = { id: "east", sha256, sizeBytes: 60 << 20 };
      expect((await client.packageBytes(name)).buffer.byteLength).toBe(4);
      const huge = client.packageBytes({ ...name, sizeBytes: 2 ** 50 });
      await expect(huge).rejects.toMatchObject({ code: "package_too_large" });
      expect(asked).toHaveBeenCalledTimes(1);
    });
  });
}

/** An answer without an end, of which a piece comes every so many milliseconds. */
function trickle(piece: string, everyMs: number, signal: AbortSignal): Response {
  const bytes = new TextEncoder().encode(piece);
  let timer: ReturnType<typeof setInterval>;
  return new Response(
    new ReadableStream({
      start(controller) {
        timer = setInterval(() => controller.enqueue(bytes), everyMs);
        signal.addEventListener("abort", () => {
          clearInterval(timer);
          controller.error(new DOMException("", "AbortError"));
        });
      },
      cancel: () => clearInterval(timer),
    }),
  );
}

function sketchFor({ points, weights }: Specification): Float64Array {
  return sketchOf(points, weights, islandFeatures(island, 2));
}

/** Of the sketches, in double precision. */
function sketchDistance(a: Specification, b: Specification): number {
  const other = sketchFor(b);
  return sum(sketchFor(a).map((value, i) => (value - other[i]!) ** 2));
}

function byDistance(
  user: Specification,
  distance: (a: Specification, b: Specification) => number = squaredMmd,
): string[] {
  const distances = new Map([...rkmes].map(([id, rkme]) => [id, distance(user, rkme)]));
  return ids.toSorted((a, b) => distances.get(a)! - distances.get(b)!);
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

function merge(a: Specification, b: Specification): Specification {
  return {
    points: {
      data: Float64Array.of(...a.points.data, ...b.points.data),
      rows: a.points.rows + b.points.rows,
      cols: 2,
    },
    weights: Float64Array.of(...a.weights, ...b.weights).map((weight) => Math.fround(weight / 2)),
    kernel: a.kernel,
    rowCount: a.rowCount + b.rowCount,
  };
}
