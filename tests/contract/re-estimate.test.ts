import { featuresOf } from "../../src/engine/kinds/features-of";
import { tableSpace } from "../../src/engine/kinds/space";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { SearchRequest } from "../../src/contracts/http/dock-api";
import { AppError } from "../../src/contracts/outcome";
import { toWire } from "../../src/contracts/wire/wire-rkme";
import { Describer } from "../../src/dock/storage/describer";
import { Intake } from "../../src/dock/intake/intake";
import { ReEstimation } from "../../src/dock/jobs/re-estimate";
import { SearchService } from "../../src/dock/features/search/service";
import { readAll } from "../../src/dock/storage/blobs/read-all";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import type { SpaceVersion } from "../../src/dock/storage/learnware-store";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { rescale } from "../../src/engine/kinds/table/space/rescale";
import { BOOK_POINTS } from "../../src/engine/specification/book/make-book";
import { decodeBook } from "../../src/engine/specification/files/book-file";
import { encodeStat } from "../../src/engine/specification/files/codec";
import type { Specification } from "../../src/engine/specification/specification";
import { databases } from "../fixtures/databases";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";

/** A thousand times too coarse: on it all learnwares look alike. */
const COARSE = 1000;

/** What was reduced around (x, y), on the scale of a founder that got it wrong. */
function coarseAround(x: number, y: number): Specification {
  const { points, ...rest } = rkmeAround(x, y);
  const data = points.data.map((value) => Math.fround(value / COARSE));
  return { ...rest, points: { ...points, data } };
}

describe.each(databases)("ReEstimation on $name", ({ open }) => {
  let store: SqlStore;
  let describer: Describer;
  let blobs: FileBlobs;
  let intake: Intake;
  let searcher: SearchService;
  let founded: Space;
  let islands = 0;
  /** Where the learnwares of the island under test are. */
  let places: Map<string, [number, number]>;

  beforeAll(async () => {
    store = await SqlStore.open(await open());
    blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-re-estimate-")));
    describer = await Describer.create(blobs);
    intake = new Intake({ store, blobs, describer, onChange: () => Promise.resolve() });
    searcher = new SearchService(store, describer);
  });
  afterAll(async () => store.close());

  beforeEach(async () => {
    const features = island.features.map((feature) => ({ ...feature, scale: [COARSE] }));
    founded = { ...island, id: `coarse-${++islands}`, features };
    await store.putSpace(founded);
    places = new Map();
    for (let i = 0; i < 12; i++) await submit(`${founded.id}-${i}`, i % 4, Math.floor(i / 4));
  });

  /** As a package made for the first version of the island. */
  const submit = async (id: string, x: number, y: number) => {
    const extras = { space: founded.id, spaceVersion: 1, radiusSquared: 1e-7 };
    const zip = await packageOf(`Prices ${id}`, {
      manifest: { space: { id: founded.id, version: 1 } },
      stat: encodeStat(coarseAround(x, y), extras),
    });
    await intake.take(id, zip, "upload");
    places.set(id, [x, y]);
  };
  const readBook = async (sha256: string) => {
    const { stream } = (await blobs.open(sha256))!;
    return (await readAll(stream))!;
  };
  const remove = async (id: string) => {
    await intake.remove(id);
    places.delete(id);
  };
  const spaceNow = async (version?: number): Promise<SpaceVersion> =>
    (await store.findSpace(founded.id, version))!;
  const search = async ({ definition: on }: SpaceVersion, x: number, y: number) => {
    const { rkme } = rescale(coarseAround(x, y), 0, founded, tableSpace(on));
    const request = SearchRequest.parse({
      islandId: on.id,
      requirement: {
        form: "reduced",
        space: { id: on.id, version: on.version },
        specification: toWire(rkme),
      },
    });
    return (await searcher.search(request)).singles;
  };
  const found = async (space: SpaceVersion) =>
    (await search(space, 1, 1)).map(({ learnware }) => learnware.id).sort();
  const run = (keep = () => Promise.resolve()) =>
    new ReEstimation({ store, blobs, describer }).run(founded.id, { keep });

  test("corrects a founder of an absurd scale, and then tells learnwares apart", async () => {
    const before = await search(await spaceNow(), 1, 1);
    expect(before.every(({ mmd2 }) => mmd2! < 1e-4)).toBe(true);
    await run();
    const space = await spaceNow();
    expect(space.definition).toMatchObject({ version: 2, id: founded.id });
    for (const { scale, center } of featuresOf(space.definition)) {
      expect(scale[0]).toBeGreaterThan(0.5);
      expect(scale[0]).toBeLessThan(2);
      expect(center[0]).toBeGreaterThan(0);
      expect(center[0]).toBeLessThan(3);
    }
    for (const [id, [x, y]] of places) {
      const [first, second] = await search(space, x, y);
      expect(first?.learnware.id).toBe(id);
      expect(first?.mmd2).toBeLessThan(1e-5);
      expect(second?.mmd2).toBeGreaterThan(0.05);
    }
  });

  test("makes a book of ten learnwares or more, anew each time, and tells learnwares apart on each", async () => {
    const books = new Set<string>();
    for (let round = 1; round <= 4; round++) {
      await run();
      const space = await spaceNow();
      const { book } = space.definition;
      expect([space.definition.version, book?.points]).toEqual([round + 1, BOOK_POINTS]);
      expect(await store.usesBook(book!.sha256)).toBe(true);
      expect(decodeBook(await readBook(book!.sha256), 2).rows).toBe(book!.points);
      books.add(book!.sha256);
      for (const [id, [x, y]] of places) {
        expect((await search(space, x, y))[0]?.learnware.id).toBe(id);
      }
      const grown = Math.ceil(1.5 * places.size);
      for (let i = places.size; i < grown; i++)
        await submit(`${founded.id}-${i}`, i % 4, Math.floor(i / 4));
    }
    expect(books.size).toBe(4);
  });

  test("makes a book when the tenth comes, on the same scale where it is right", async () => {
    founded = { ...island, id: `tenth-${++islands}` };
    await store.putSpace(founded);
    places.clear();
    const take = async (i: number) => {
      const id = `${founded.id}-${i}`;
      const manifest = { space: { id: founded.id, version: 1 } };
      const extras = { space: founded.id, spaceVersion: 1, radiusSquared: 0.5 };
      const [x, y] = i === 9 ? [0, 0] : [(i % 3) - 1, Math.floor(i / 3) - 1];
      const stat = encodeStat(rkmeAround(x, y), extras);
      await intake.take(id, await packageOf(id, { manifest, stat }), "upload");
    };
    for (let i = 0; i < 9; i++) await take(i);
    await run();
    const before = (await spaceNow()).definition;
    expect(before.book).toBeUndefined();
    await take(9);
    await run();
    const { book, ...after } = (await spaceNow()).definition;
    expect(book?.points).toBe(BOOK_POINTS);
    expect(after).toEqual({ ...before, version: before.version + 1 });
    await run();
    expect((await spaceNow()).definition.version).toBe(after.version);
  });

  test("keeps outlines in a space of the Python package, whose weights may be negative", async () => {
    founded = { ...island, id: `plain-${++islands}`, profile: "beimingwu" };
    await store.putSpace(founded);
    for (let i = 0; i < 12; i++) await submit(`${founded.id}-${i}`, i % 4, Math.floor(i / 4));
    await run();
    expect((await spaceNow()).definition).toEqual(founded);
  });

  test("answers every search and takes every submission while it runs", async () => {
    const old = await spaceNow();
    let steps = 0;
    await run(async () => {
      const step = ++steps;
      expect(await found(old)).toEqual(await found(await spaceNow()));
      if (step > 6) return;
      await submit(`${founded.id}-new-${step}`, step, 5);
      await submit(`${founded.id}-2`, 2 + step / 10, 7);
      await remove(`${founded.id}-${step + 2}`);
      expect(await found(old)).toEqual([...places.keys()].sort());
    });
    expect(steps).toBeGreaterThan(4);

    const space = await spaceNow();
    expect(space.definition.version).toBe(2);
    expect(await found(space)).toEqual([...places.keys()].sort());
    for (const [id, [x, y]] of places) {
      expect((await search(space, x, y))[0]?.learnware.id).toBe(id);
    }
    expect(await found(old)).not.toEqual([]);
    expect(await store.growth(founded.id)).toMatchObject({
      count: places.size,
      estimatedCount: places.size,
    });
  });

  test("answers searches at any moment of it, on the version that they began with or the next", async () => {
    const versions = new Set<number>();
    const over = new AbortController();
    const running = run().finally(() => over.abort());
    while (!over.signal.aborted) {
      const space = await spaceNow();
      versions.add(space.definition.version);
      expect(await found(space)).toHaveLength(12);
    }
    await running;
    versions.add((await spaceNow()).definition.version);
    expect(versions).toEqual(new Set([1, 2]));
  });

  test("runs again only when the island has grown by half", async () => {
    await run();
    const old = await spaceNow(1);
    for (let i = 0; i < 5; i++) await submit(`${founded.id}-far-${i}`, 40 + i, 40);
    await run();
    expect((await spaceNow()).definition.version).toBe(2);
    await submit(`${founded.id}-far-5`, 40, 50);
    await run();
    expect((await spaceNow()).definition.version).toBe(3);
    await expect(found(old)).rejects.toMatchObject({ code: "stale_island" });
    expect(await found(await spaceNow(2))).toHaveLength(18);
  });

  test("leaves nothing that anyone sees wherever it is interrupted, and completes at another run", async () => {
    for (let last = 1; ; last++) {
      let steps = 0;
      const stopped = run(() => {
        if (++steps > last) throw new AppError("aborted", "the dock is closing");
        return Promise.resolve();
      });
      const isDone = await stopped.then(
        () => true,
        () => false,
      );
      if (isDone) break;
      expect((await store.spaceVersions(founded.id)).map(({ version }) => version)).toEqual([1]);
      expect(await found(await spaceNow())).toHaveLength(12);
    }
    const space = await spaceNow();
    expect(space.definition.version).toBe(2);
    expect(await found(space)).toHaveLength(12);
  });

  test("yields to another dock that took the job over, whenever that is", async () => {
    for (let last = 1; ; last++) {
      founded = { ...founded, id: `taken-over-${++islands}` };
      await store.putSpace(founded);
      for (let i = 0; i < 4; i++) await submit(`${founded.id}-${i}`, i, 0);
      let steps = 0;
      const late = run(async () => {
        if (++steps === last) await run(); // It does not see that its lease has ended.
      });
      await late.catch((error: unknown) => expect(error).toMatchObject({ code: "stale_island" }));
      const space = await spaceNow();
      expect(space.definition.version).toBe(2);
      expect(await found(space)).toHaveLength(4);
      if (steps < last) break;
    }
  });
});
