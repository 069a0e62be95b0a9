import { createHash } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import type { BlobStore } from "../../src/dock/store/blob-store";

const bytes = new Uint8Array(300_000).map((_, i) => (i * 31) % 251);
const sha256 = createHash("sha256").update(bytes).digest("hex");

/** What every BlobStore must do. Each adapter's test file calls this once. */
export function blobStoreContract(name: string, open: () => Promise<BlobStore>): void {
  describe(`${name} as a BlobStore`, () => {
    let blobs: BlobStore;
    beforeAll(async () => {
      blobs = await open();
    });

    const read = async (hash: string) => {
      const blob = await blobs.open(hash);
      return blob && new Uint8Array(await new Response(blob.stream).arrayBuffer());
    };

    test("names bytes by their hash and gives them back", async () => {
      expect(await blobs.put(bytes)).toEqual({ sha256, sizeBytes: bytes.length });
      expect(await read(sha256)).toEqual(bytes);
      expect((await blobs.open(sha256))?.sizeBytes).toBe(bytes.length);
    });

    test("takes a stream of parts", async () => {
      async function* parts() {
        for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
      }
      expect(await blobs.put(parts())).toEqual({ sha256, sizeBytes: bytes.length });
      expect(await read(sha256)).toEqual(bytes);
    });

    test("keeps nothing of a stream that breaks", async () => {
      const begun = new Uint8Array([1, 2, 3]);
      async function* broken() {
        yield begun;
        throw new Error("cut");
      }
      await expect(blobs.put(broken())).rejects.toThrow("cut");
      expect(await blobs.has(createHash("sha256").update(begun).digest("hex"))).toBe(false);
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
  });
}
