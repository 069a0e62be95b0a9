import { createHash } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { BlobStore, ListedBlob } from "../../src/dock/storage/blobs/blob-store";

const bytes = new Uint8Array(300_000).map((_, i) => (i * 31) % 251);
const info = { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };

/** A store to be tested, and what the tests must do behind its back. */
export interface OpenedStore {
  readonly blobs: BlobStore;
  /** Everything that was written and not removed, blobs or not. */
  leftovers(): Promise<string[]>;
  /** How many bytes of the stream that is being put have been stored by now. */
  storedBytes(): Promise<number>;
  /** Makes a blob look as if it had been put an hour ago. */
  age(sha256: string): Promise<void>;
  close(): Promise<void>;
}

/** What every BlobStore must do. Each adapter's test file calls this once. */
export function blobStoreContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} as a BlobStore`, () => {
    let opened: OpenedStore;
    let blobs: BlobStore;
    beforeAll(async () => {
      opened = await open();
      blobs = opened.blobs;
    });
    afterAll(() => opened.close());

    /** What the store gives for a hash, as what it ought to be. */
    const read = async (sha256: string) => {
      const blob = await blobs.open(sha256);
      const hash = createHash("sha256");
      let sizeBytes = 0;
      for await (const chunk of blob?.stream ?? []) {
        hash.update(chunk);
        sizeBytes += chunk.length;
      }
      expect(sizeBytes).toBe(blob?.sizeBytes);
      return { sha256: hash.digest("hex"), sizeBytes };
    };
    const listed = async () => {
      const found: ListedBlob[] = [];
      for await (const blob of blobs.list()) found.push(blob);
      return found;
    };

    test("names bytes by their hash and gives them back", async () => {
      expect(await blobs.put(bytes)).toEqual(info);
      expect(await read(info.sha256)).toEqual(info);
    });

    test("takes a stream of parts", async () => {
      async function* parts() {
        for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
      }
      expect(await blobs.put(parts())).toEqual(info);
      expect(await read(info.sha256)).toEqual(info);
    });

    test("takes no bytes at all", async () => {
      const nothing = await blobs.put(new Uint8Array());
      expect(nothing.sizeBytes).toBe(0);
      expect(await blobs.has(nothing.sha256)).toBe(true);
      expect(await read(nothing.sha256)).toEqual(nothing);
    });

    test("stores a long stream as it comes, in bounded memory", async () => {
      const source = new LongStream(30, async (sentBytes) => {
        expect(sentBytes - (await opened.storedBytes())).toBeLessThanOrEqual(16 * mebibyte);
      });
      const put = await blobs.put(source);
      expect(put).toEqual(source.info());
      expect(await read(put.sha256)).toEqual(put);
    });

    test.each([0, 20])("keeps nothing of a stream that breaks after %i MiB", async (mebibytes) => {
      const before = await opened.leftovers();
      const begun = new LongStream(mebibytes, () => Promise.resolve());
      async function* broken() {
        yield* begun;
        yield new Uint8Array([1, 2, 3]);
        throw new Error("cut");
      }
      await expect(blobs.put(broken())).rejects.toThrow("cut");
      expect(await opened.leftovers()).toEqual(before);
    });

    test("lets several writers put the same bytes at once", async () => {
      const writers = [1, 2, 3].map(() => new LongStream(17, () => Promise.resolve(), 5));
      const puts = await Promise.all(writers.map((writer) => blobs.put(writer)));
      for (const put of puts) expect(put).toEqual(writers[0]!.info());
      expect(await read(puts[0]!.sha256)).toEqual(puts[0]);
    });

    test("forgets what is removed", async () => {
      const small = await blobs.put(new Uint8Array([9]));
      expect(await blobs.has(small.sha256)).toBe(true);
      await blobs.remove(small.sha256);
      await blobs.remove(small.sha256);
      expect(await blobs.has(small.sha256)).toBe(false);
      expect(await blobs.open(small.sha256)).toBeNull();
    });

    test("has nothing by a name that is no hash", async () => {
      expect(await blobs.open("../../etc/passwd")).toBeNull();
      expect(await blobs.has("")).toBe(false);
    });

    test("lists exactly what is there", async () => {
      for (const { sha256 } of await listed()) await blobs.remove(sha256);
      expect(await listed()).toEqual([]);
      const began = Date.now() - 2000; // Some stores know the second only.
      const put = [
        await blobs.put(new Uint8Array([1])),
        await blobs.put(new Uint8Array([2])),
        await blobs.put(bytes),
      ];
      const found = await listed();
      expect(found.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })).sort(byHash)).toEqual(
        put.sort(byHash),
      );
      for (const { modifiedAt } of found) {
        expect(modifiedAt.getTime()).toBeGreaterThan(began);
        expect(modifiedAt.getTime()).toBeLessThan(Date.now() + 2000);
      }
    });

    test.each([1, 8])("makes bytes of %i MiB new when they are put again", async (mebibytes) => {
      const { sha256: old } = await blobs.put(new LongStream(mebibytes, () => Promise.resolve()));
      const hourAgo = Date.now() - 3_590_000;
      const modifiedAt = async () =>
        (await listed()).find((blob) => blob.sha256 === old)!.modifiedAt.getTime();
      await opened.age(old);
      expect(await modifiedAt()).toBeLessThan(hourAgo);
      await blobs.put(new LongStream(mebibytes, () => Promise.resolve()));
      expect(await modifiedAt()).toBeGreaterThan(hourAgo);
    });
  });
}

const mebibyte = 1024 * 1024;

/** Chunks of a mebibyte that all lie in one buffer: who keeps a chunk for later finds other bytes. */
class LongStream implements AsyncIterable<Uint8Array> {
  readonly #mebibytes: number;
  readonly #onChunk: (sentBytes: number) => Promise<void>;
  readonly #seed: number;
  readonly #hash = createHash("sha256");

  /** @param onChunk - Told how many bytes were sent before a chunk, and waited for. */
  constructor(mebibytes: number, onChunk: (sentBytes: number) => Promise<void>, seed = 0) {
    this.#mebibytes = mebibytes;
    this.#onChunk = onChunk;
    this.#seed = seed;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const chunk = new Uint8Array(mebibyte);
    for (let i = 0; i < this.#mebibytes; i++) {
      await this.#onChunk(i * mebibyte);
      chunk.fill(i + this.#seed);
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  info(): { sha256: string; sizeBytes: number } {
    const sha256 = this.#hash.copy().digest("hex");
    return { sha256, sizeBytes: this.#mebibytes * mebibyte };
  }
}

function byHash(a: { sha256: string }, b: { sha256: string }): number {
  return a.sha256 < b.sha256 ? -1 : 1;
}
