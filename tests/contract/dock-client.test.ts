import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { DockClient } from "../../src/client/dock-client";
import { toWire } from "../../src/contracts/wire-rkme";
import { createDock } from "../../src/dock/dock";
import { ExactScan } from "../../src/dock/exact-scan";
import { SketchScan } from "../../src/dock/sketch-scan";
import { FileBlobs } from "../../src/dock/store/file-blobs";
import { PgliteDatabase } from "../../src/dock/store/pglite-database";
import { SqlStore } from "../../src/dock/store/sql-store";
import { cardOf, entryOf, island, rkmeAround, specificationOf } from "../fixtures/learnwares";

const zip = new TextEncoder().encode("a zip");
const client = new DockClient("http://dock.test");
let store: SqlStore;
let dock: ReturnType<typeof createDock>;
let sha256: string;

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-client-")));
  ({ sha256 } = await blobs.put(zip));
  await store.putIsland(island);
  const card = cardOf("near", sha256, zip.length);
  await store.put(entryOf("near", rkmeAround(1, 0), card));
  const log = { info: () => undefined, error: () => undefined };
  dock = createDock({
    store,
    blobs,
    shortlist: new ExactScan(store),
    sketchScan: new SketchScan(store),
    log,
  });
});
afterAll(async () => store.close());
beforeEach(() => {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    init.signal?.throwIfAborted();
    return dock.request(url, init);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("DockClient", () => {
  test("reads islands, cards, specifications and zips", async () => {
    expect((await client.islands()).map(({ id }) => id)).toEqual(["houses"]);
    expect(await client.island("houses")).toMatchObject(island);
    const card = await client.learnware("near");
    expect(card).toEqual(cardOf("near", sha256, zip.length));
    expect(await client.specification("near")).toEqual(specificationOf("near", rkmeAround(1, 0)));
    const onProgress = vi.fn();
    expect(await client.packageBytes(card, { onProgress })).toEqual(zip);
    expect(onProgress).toHaveBeenLastCalledWith({ stage: "download", done: 5, total: 5 });
  });

  test("searches with a reduced set", async () => {
    const { singles } = await client.search({
      islandId: island.id,
      islandVersion: 1,
      requirement: { kind: "reduced", specification: toWire(rkmeAround(1, 0)) },
    });
    expect(singles.map(({ learnware }) => learnware.id)).toEqual(["near"]);
  });

  test("takes over the dock's refusals by code", async () => {
    await expect(client.island("none")).rejects.toMatchObject({ code: "not_found" });
  });

  test("refuses a zip that is longer than its card says", async () => {
    const download = client.packageBytes({ id: "near", sha256, sizeBytes: 3 });
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

  test.each(["not JSON", '{"islands": [{"id": 7}]}'])(
    "takes no answer that breaks the contract: %s",
    async (body) => {
      vi.stubGlobal("fetch", () => Promise.resolve(new Response(body)));
      await expect(client.islands()).rejects.toMatchObject({ code: "internal" });
    },
  );
});
