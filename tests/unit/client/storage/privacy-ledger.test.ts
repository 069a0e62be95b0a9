import { describe, expect, test } from "vitest";

import { PrivacyLedger } from "../../../../src/client/storage/privacy-ledger";

/** A browser's storage, as far as the ledger uses it. */
function shelf(): Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  held: Map<string, string>;
} {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

describe("the privacy ledger", () => {
  test("adds up what a data set has spent, apart from others", () => {
    const ledger = new PrivacyLedger(shelf());
    ledger.add("a", { epsilon: 1, delta: 1e-5 });
    ledger.add("a", { epsilon: 0.5, delta: 1e-5 });
    ledger.add("b", { epsilon: 4, delta: 1e-6 });
    expect(ledger.spent("a")).toEqual({ epsilon: 1.5, delta: 2e-5 });
    expect(ledger.spent("b")).toEqual({ epsilon: 4, delta: 1e-6 });
    expect(ledger.spent("c")).toEqual({ epsilon: 0, delta: 0 });
  });

  test("remembers after the page is closed, and knows what another tab spent", () => {
    const held = shelf();
    const [one, two] = [new PrivacyLedger(held), new PrivacyLedger(held)];
    one.add("a", { epsilon: 1, delta: 1e-5 });
    two.add("a", { epsilon: 1, delta: 1e-5 });
    expect(one.spent("a").epsilon).toBe(2);
    expect(new PrivacyLedger(held).spent("a").epsilon).toBe(2);
  });

  test("forgets when told, and leaves nothing behind", () => {
    const held = shelf();
    const ledger = new PrivacyLedger(held);
    ledger.add("a", { epsilon: 1, delta: 1e-5 });
    ledger.clear();
    expect(ledger.spent("a").epsilon).toBe(0);
    expect(held.held.size).toBe(0);
  });

  test("works in memory where nothing may be stored", () => {
    const refuse = () => {
      throw new DOMException("no", "SecurityError");
    };
    const forbidden = { getItem: refuse, setItem: refuse, removeItem: refuse };
    for (const ledger of [new PrivacyLedger(null), new PrivacyLedger(forbidden)]) {
      ledger.add("a", { epsilon: 1, delta: 1e-5 });
      ledger.add("a", { epsilon: 1, delta: 1e-5 });
      expect(ledger.spent("a").epsilon).toBe(2);
      ledger.clear();
      expect(ledger.spent("a").epsilon).toBe(0);
    }
  });

  test.each([
    "{",
    "7",
    "null",
    '{"a": 1, "b": {"epsilon": -1, "delta": 0}, "c": {"epsilon": "x"}}',
  ])("takes nothing from a shelf that holds %s", (text) => {
    const held = shelf();
    held.setItem("berth.privacy-ledger", text);
    const ledger = new PrivacyLedger(held);
    for (const key of ["a", "b", "c"]) expect(ledger.spent(key).epsilon).toBe(0);
    ledger.add("a", { epsilon: 1, delta: 1e-5 });
    expect(ledger.spent("a").epsilon).toBe(1);
  });
});
