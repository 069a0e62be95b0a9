import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import type { Dock } from "../../src/client/dock/dock";
import type { SearchRequest } from "../../src/contracts/http/dock-api";
import { encodeFloats, toWire } from "../../src/contracts/wire/wire-rkme";
import { specificationFromWire, toWireOnBook } from "../../src/contracts/wire/wire-on-book";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { scanSketches } from "../../src/engine/search/sketches/sketch-scan";
import {
  type Book,
  onBook,
  openBook,
  sketchOnBook,
} from "../../src/engine/specification/book/book";
import { packShares, unpackShares } from "../../src/engine/specification/book/shares";
import { weighSpecification } from "../../src/engine/specification/book/weigh";
import { squaredMmd } from "../../src/engine/specification/kernel/mmd";
import type { Specification } from "../../src/engine/specification/specification";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { putOnBook } from "../fixtures/put-on-book";
import type { Opened, Shelf } from "./dock-client.suite";

const ids = Array.from({ length: 12 }, (_, i) => `number-${String(i).padStart(2, "0")}`);
const placeOf = (i: number) => [i % 4, 1.5 * Math.floor(i / 4)] as const;

/** What every client of a dock must do in a space with a book, over whatever the dock is reached. */
export function dockBookContract(name: string, open: (shelf: Shelf) => Promise<Opened>): void {
  describe(`${name} in a space with a book`, () => {
    let store: SqlStore;
    let opened: Opened;
    let client: Dock;
    let space: Space;
    let book: Book;
    let sha256: string;

    beforeAll(async () => {
      store = await SqlStore.open(await PgliteDatabase.open());
      const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-book-")));
      const zip = await blobs.put(new TextEncoder().encode("a zip"));
      ({ sha256 } = zip);
      await store.putSpace(island);
      await store.putSpace({ ...island, id: "empty" });
      for (const [i, id] of ids.entries()) {
        await store.put(entryOf(id, rkmeAround(...placeOf(i)), zip));
      }
      space = await putOnBook({ store, blobs }, island.id);
      opened = await open({ store, blobs });
      client = opened.client;
    });
    afterAll(async () => store.close());
    beforeEach(async () => {
      vi.stubGlobal("fetch", async (url: string, init: RequestInit) => opened.answer(url, init));
      book = openBook(await client.book(space.book!, 2), space.kernel);
    });
    afterEach(() => vi.unstubAllGlobals());

    const search = (requirement: SearchRequest["requirement"], more: Partial<SearchRequest> = {}) =>
      client.search({ islandId: island.id, requirement, ...more });
    const now = () => ({ id: space.id, version: space.version });
    const weightsOf = (rkme: Specification) =>
      unpackShares(packShares(weighSpecification(book, rkme)));
    const byWeights = (
      rkme: Specification,
      noise: { epsilon: number; delta: number } | null = null,
    ) => {
      const on = toWireOnBook(space.book!, weightsOf(rkme), rkme.rowCount);
      return { form: "weights", space: now(), on, noise } as const;
    };
    const fetched = async (id: string) => {
      const wire = await client.specification({ id, sha256, spaceVersion: space.version });
      return { wire, rkme: specificationFromWire(wire.rkme, space, book) };
    };
    const found = ({ singles }: Awaited<ReturnType<typeof search>>) =>
      singles.map(({ learnware }) => learnware.id);

    test("gives the points of the book, and no other file in its place", async () => {
      expect(book.points.rows).toBe(space.book!.points);
      expect((await client.islands()).find(({ id }) => id === island.id)?.space).toEqual(space);
      const other = { ...space.book!, sha256: "0".repeat(64) };
      await expect(client.book(other, 2)).rejects.toMatchObject({ code: "not_found" });
      const answer = opened.answer;
      opened = { ...opened, answer: async () => new Response(new Uint8Array(900)) };
      const fresh = { ...space.book!, points: space.book!.points - 1 };
      await expect(client.book(fresh, 2)).rejects.toMatchObject({ code: "hash_mismatch" });
      opened = { ...opened, answer };
    });

    test("answers weights of a kilobyte at most, which are near to what was published", async () => {
      for (const [i, id] of ids.entries()) {
        const { wire, rkme } = await fetched(id);
        expect(JSON.stringify(wire).length).toBeLessThan(1024);
        expect(squaredMmd(rkme, rkmeAround(...placeOf(i)))).toBeLessThan(0.02);
      }
    });

    test("reads sketches as long as the book, from which the nearest can be found", async () => {
      const { sketches, entries, spaceVersion } = await client.sketches(island.id);
      expect([sketches.count, spaceVersion]).toEqual([space.book!.points, 2]);
      const sketch = sketchOnBook(book, weightsOf(rkmeAround(2.1, 1.5)));
      const [nearest] = scanSketches(sketches, sketch, 1);
      expect(entries[nearest!.index]?.id).toBe("number-06");
      expect((await client.sketches("empty")).sketches.count).toBe(512);
    });

    test("ranks by the exact distance between weights, whether they or an outline are sent", async () => {
      const user = rkmeAround(2.1, 1.5);
      const answer = await search(byWeights(user));
      expect(found(answer)[0]).toBe("number-06");
      expect(answer.singles).toHaveLength(ids.length);
      const own = onBook(book, weightsOf(user), 100);
      for (const { learnware, mmd2, similarity, coverage } of answer.singles) {
        const { rkme } = await fetched(learnware.id);
        expect(mmd2).toBeCloseTo(squaredMmd(own, rkme), 5);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeGreaterThanOrEqual(0);
      }
      expect(answer.singles[0]!.coverage).toBeGreaterThan(0.9);
      expect(answer.singles.at(-1)!.coverage).toBeLessThan(0.2);
      const specification = toWire(user);
      const again = await search({ form: "reduced", space: now(), specification });
      expect(found(again)).toEqual(found(answer));
      again.singles.forEach(({ mmd2, coverage }, i) => {
        expect(mmd2).toBeCloseTo(answer.singles[i]!.mmd2!, 4); // Sent weights are rounded to 16 bits.
        expect(coverage).toBeCloseTo(answer.singles[i]!.coverage!, 4);
      });
    });

    test("mixes learnwares where that comes nearer than any", async () => {
      const [west, east] = [rkmeAround(0, 0), rkmeAround(3, 3)];
      const torn = {
        ...west,
        points: {
          data: Float64Array.of(...west.points.data, ...east.points.data),
          rows: 40,
          cols: 2,
        },
        weights: new Float64Array(40).fill(1 / 40),
      };
      const { singles, mixture } = await search(byWeights(torn));
      const members = mixture!.members.map(({ id }) => id).sort();
      expect(members).toEqual(expect.arrayContaining(["number-00", "number-11"]));
      expect(mixture!.mmd2).toBeLessThan(0.3 * singles[0]!.mmd2!);
      expect(mixture!.coverage).toBeGreaterThan(0.9);
    });

    test("ranks weights and sketches with noise, or without, by their sketch, without coverage", async () => {
      const user = rkmeAround(2.1, 1.5);
      const sketch = encodeFloats("sketch", sketchOnBook(book, weightsOf(user)));
      const noise = { epsilon: 1, delta: 1e-5 };
      const requirements: SearchRequest["requirement"][] = [
        byWeights(user, noise),
        { form: "private", space: now(), sketch, ...noise, rowCount: 100 },
        { form: "sketch", space: now(), sketch },
      ];
      const exact = await search(byWeights(user));
      for (const requirement of requirements) {
        const { singles, mixture } = await search(requirement, { limit: 3 });
        expect(singles.map(({ learnware }) => learnware.id)).toEqual(found(exact).slice(0, 3));
        singles.forEach(({ mmd2, coverage }, i) => {
          expect(coverage).toBeNull();
          expect(mmd2).toBeCloseTo(exact.singles[i]!.mmd2!, 2); // A byte for each number.
        });
        expect(mixture).toBeNull();
      }
    });

    test("refuses an outline that no weights on the book stand for, instead of ranking it", async () => {
      for (const far of [rkmeAround(50, 50), rkmeAround(1000, 0)]) {
        const asked = search({ form: "reduced", space: now(), specification: toWire(far) });
        await expect(asked).rejects.toMatchObject({
          code: "bad_input",
          message: expect.stringContaining("far from all public points") as string,
        });
      }
    });

    test("refuses weights on another book, of another number, or where there is no book", async () => {
      const right = byWeights(rkmeAround(1, 0));
      const other = { ...right, on: { ...right.on, book: "1".repeat(64) } };
      await expect(search(other)).rejects.toMatchObject({ code: "stale_island" });
      const fewer = toWireOnBook(space.book!, new Float64Array(7).fill(1), 100);
      const short = { ...right, on: fewer };
      await expect(search(short)).rejects.toMatchObject({ code: "bad_input" });
      const none = { ...right, space: { id: "empty", version: 1 } };
      const asked = client.search({ islandId: "empty", requirement: none });
      await expect(asked).rejects.toMatchObject({ code: "bad_input" });
      const sketch = encodeFloats("sketch", new Float64Array(512));
      const long = search({ form: "sketch", space: now(), sketch });
      if (space.book!.points !== 512)
        await expect(long).rejects.toMatchObject({ code: "bad_input" });
    });
  });
}
