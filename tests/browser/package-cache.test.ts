import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { PackageCache } from "../../src/client/storage/package-cache";

const zip = new TextEncoder().encode("a zip");
let card: { id: string; sha256: string; sizeBytes: number };
let name: string;

beforeEach(async () => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", zip));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  card = { id: "one", sha256, sizeBytes: zip.length };
  name = `test-${crypto.randomUUID()}`;
});
afterEach(() => {
  vi.restoreAllMocks();
  indexedDB.deleteDatabase(name);
});

/** A dock that sends these bytes, and counts how often. */
function dockOf(bytes: Uint8Array<ArrayBuffer>) {
  return { packageBytes: vi.fn(() => Promise.resolve(bytes.slice())) };
}

describe("PackageCache", () => {
  test("fetches a zip once, and has it in the next session too", async () => {
    const dock = dockOf(zip);
    expect(await new PackageCache(dock, name).get(card)).toEqual(zip);
    const later = new PackageCache(dock, name);
    expect(await later.get(card)).toEqual(zip);
    expect(await later.has(card.sha256)).toBe(true);
    expect(dock.packageBytes).toHaveBeenCalledTimes(1);
  });

  test("refuses and forgets what is not the zip that the card names", async () => {
    const cache = new PackageCache(dockOf(new Uint8Array([1])), name);
    await expect(cache.get(card)).rejects.toMatchObject({ code: "hash_mismatch" });
    expect(await cache.has(card.sha256)).toBe(false);
  });

  test("forgets everything when told", async () => {
    const dock = dockOf(zip);
    const cache = new PackageCache(dock, name);
    await cache.get(card);
    await cache.clear();
    expect(await cache.has(card.sha256)).toBe(false);
    await cache.get(card);
    expect(dock.packageBytes).toHaveBeenCalledTimes(2);
  });

  test("fetches every time where there is no IndexedDB", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("not for this site", "SecurityError");
    });
    const dock = dockOf(zip);
    const cache = new PackageCache(dock, name);
    expect(await cache.get(card)).toEqual(zip);
    expect(await cache.get(card)).toEqual(zip);
    await cache.clear();
    expect(dock.packageBytes).toHaveBeenCalledTimes(2);
  });
});
