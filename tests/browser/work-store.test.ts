import { openDB } from "idb";
import { afterEach, expect, test, vi } from "vitest";

import { WorkStore } from "../../src/client/storage/work-store";
import { modelAt, runAt, work, workStoreContract } from "../contract/work-store.suite";

afterEach(() => vi.restoreAllMocks());

workStoreContract("WorkStore", () => {
  const name = `test-${crypto.randomUUID()}`;
  return () => new WorkStore(name);
});

test("a browser that lends no place is as on the first visit, every time", async () => {
  vi.spyOn(indexedDB, "open").mockImplementation(() => {
    throw new DOMException("site data are blocked", "SecurityError");
  });
  const store = new WorkStore("blocked");
  await store.keep(work);
  await store.addRun(runAt(1));
  expect(await store.keepTable(new File(["a"], "homes.csv"))).toBe(false);
  expect([await store.last(), await store.table(), await store.runs()]).toEqual([null, null, []]);
  expect(await store.keepModel(modelAt(1))).toBe(false);
  expect(await store.models()).toEqual([]);
  await store.clear();
});

test("what an earlier page kept is still there beside models", async () => {
  const name = `test-${crypto.randomUUID()}`;
  const before = await openDB(name, 1, {
    upgrade: (database) => {
      for (const store of ["work", "runs", "tables"]) database.createObjectStore(store);
    },
  });
  await before.put("runs", runAt(1), "run 1");
  before.close();
  const store = new WorkStore(name);
  expect(await store.keepModel(modelAt(1))).toBe(true);
  expect([await store.runs(), await store.models()]).toEqual([[runAt(1)], [modelAt(1)]]);
});
