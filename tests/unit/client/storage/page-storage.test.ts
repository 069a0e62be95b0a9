import { afterEach, describe, expect, test, vi } from "vitest";

import { pageStorage } from "../../../../src/client/storage/page-storage";
import { sha256Of } from "../../../../src/client/storage/sha256";

/** A browser's storage with room for so many values. */
function storageOf(room: number): Storage {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    clear: () => held.clear(),
    key: (index) => [...held.keys()][index] ?? null,
    getItem: (key) => held.get(key) ?? null,
    removeItem: (key) => void held.delete(key),
    setItem: (key, value) => {
      if (!held.has(key) && held.size >= room) throw new DOMException("full", "QuotaExceededError");
      held.set(key, value);
    },
  };
}

describe("what a page keeps", () => {
  test("is kept by the browser, where another page sees it", () => {
    const own = storageOf(9);
    const [one, two] = [pageStorage(() => own), pageStorage(() => own)];
    one.setItem("a", "1");
    expect(two.getItem("a")).toBe("1");
    two.setItem("a", "2");
    expect(one.getItem("a")).toBe("2");
    two.removeItem("a");
    expect(one.getItem("a")).toBeNull();
  });

  test("lasts as long as the page where site data are blocked", () => {
    const storage = pageStorage(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    expect(storage.getItem("a")).toBeNull();
    storage.setItem("a", "1");
    expect(storage.getItem("a")).toBe("1");
    storage.removeItem("a");
    expect(storage.getItem("a")).toBeNull();
  });

  test("lasts as long as the page where no space is left", () => {
    const storage = pageStorage(() => storageOf(1));
    storage.setItem("a", "1");
    storage.setItem("b", "2");
    expect([storage.getItem("a"), storage.getItem("b")]).toEqual(["1", "2"]);
  });
});

describe("SHA-256", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("is the same where the browser lends none", async () => {
    const bytes = new TextEncoder().encode("abc");
    const own = await sha256Of(bytes);
    expect(own).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    vi.stubGlobal("crypto", { getRandomValues: () => undefined });
    expect(await sha256Of(bytes)).toBe(own);
    const large = new Uint8Array(300_000).fill(7);
    vi.unstubAllGlobals();
    const expected = await sha256Of(large);
    vi.stubGlobal("crypto", {});
    expect(await sha256Of(large)).toBe(expected);
  });
});
