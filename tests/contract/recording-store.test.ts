import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { RecordingStore } from "../../src/dock/storage/records/recording-store";
import type { LearnwareRecord } from "../../src/dock/storage/records/learnware-record";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { RecordFiles, type RecordKinds } from "../../src/dock/storage/records/record-files";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlRecords } from "../../src/dock/storage/sql/sql-records";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { learnwareStoreContract } from "./learnware-store.suite";

async function open() {
  const directory = await mkdtemp(join(tmpdir(), "berth-recording-"));
  const database = await PgliteDatabase.open({ sessionSettings: searchSettings });
  const inner = await SqlStore.open(database);
  const source = new SqlRecords(database);
  const records = await RecordFiles.open(directory);
  const store = new RecordingStore({ store: inner, source, records });
  return { directory, inner, source, records, store };
}

learnwareStoreContract("RecordingStore", async () => (await open()).store);

describe("RecordingStore", () => {
  let dock: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    dock = await open();
  });
  afterAll(() => dock.store.close());
  beforeEach(async () => {
    const { store } = dock;
    for (const { id } of await everything()) await store.remove(id);
    await store.purge(new Date(Date.now() + 1000));
    for (const { id } of await store.islands()) await store.removeEmptyIsland(id);
    for (const kind of ["learnwares", "islands", "spaces"] as const) {
      expect(await recorded(kind)).toEqual([]);
    }
    await store.putSpace(island);
  });

  async function recorded<Kind extends keyof RecordKinds>(kind: Kind) {
    const read: RecordKinds[Kind][] = [];
    for await (const each of dock.records.readAll(kind)) {
      if (!each.ok) throw new Error(`${each.file}: ${each.problem}`);
      read.push(each.value);
    }
    return read;
  }
  const versionsOf = async (id: string) =>
    (await recorded("spaces")).filter((one) => one.id === id).map(({ version }) => version);
  const entry = (id: string, digit = "a", origin = "upload", islandId = island.id) =>
    entryOf(id, rkmeAround(1, 2), { sha256: digit.repeat(64), islandId }, origin);
  const everything = () => dock.source.page("", 1000);

  test("records every change of a learnware before it is acknowledged", async () => {
    const { store, inner } = dock;
    await store.put(entry("one", "a", "starter"));
    expect(await recorded("learnwares")).toMatchObject([
      { id: "one", origin: "starter", islandId: island.id, deletedAt: null, versions: [{}] },
    ]);
    await store.put(entry("one", "b"));
    const history = await inner.history("one");
    const [record] = await recorded("learnwares");
    expect(record?.origin).toBe("upload");
    expect(record?.versions.map(({ sha256 }) => sha256[0])).toEqual(["a", "b"]);
    expect(record?.versions.map(({ at }) => Date.parse(at))).toEqual(
      history.map(({ createdAt }) => createdAt.getTime()).reverse(),
    );
    await store.remove("one");
    expect((await recorded("learnwares"))[0]?.deletedAt).not.toBeNull();
    await store.put(entry("one", "b"));
    expect((await recorded("learnwares"))[0]?.deletedAt).toBeNull();
    expect(await recorded("learnwares")).toEqual(await everything());
  });

  test("records a bulk load", async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `bulk-${i}`);
    await dock.store.putAll(ids.map((id) => entry(id)));
    expect((await recorded("learnwares")).map(({ id }) => id)).toEqual([...ids].sort());
  });

  test("records nothing of what is refused", async () => {
    const putting = dock.store.put(entry("lost", "a", "upload", "nowhere"));
    await expect(putting).rejects.toMatchObject({ code: "bad_input" });
    expect(await recorded("learnwares")).toEqual([]);
  });

  test("forgets what is purged, and a space that is removed with all its versions", async () => {
    const { store } = dock;
    await store.putSpace({ ...island, id: "other" });
    await store.putSpace({ ...island, id: "other", version: 2 });
    await store.putAll([entry("old"), entry("kept")]);
    await store.put({ ...entry("was-there", "a", "upload", "other"), spaceVersion: 2 });
    for (const id of ["old", "was-there"]) await store.remove(id);
    await store.removeEmptyIsland("other");
    expect(await versionsOf("other")).toEqual([]);
    expect((await recorded("learnwares")).map(({ id }) => id)).toEqual(["kept", "old"]);
    await store.purge(new Date(Date.now() + 1000));
    expect((await recorded("learnwares")).map(({ id }) => id)).toEqual(["kept"]);
    await store.removeEmptyIsland(island.id);
    expect(await versionsOf(island.id)).toEqual([1]);
  });

  test("records versions of a space, also those that a re-estimation publishes", async () => {
    const { store } = dock;
    await store.putSpace({ ...island, name: "Renamed" });
    await store.putSpace({ ...island, version: 2 });
    const building = await store.prepareSpace({ ...island, version: 3 });
    expect(await versionsOf(island.id)).toEqual([1, 2]);
    await store.publishSpace(building);
    expect(await recorded("spaces")).toMatchObject([
      { version: 1, name: "Renamed" },
      { version: 2 },
      { version: 3 },
    ]);
  });

  test("records the last word of changes that come at once", async () => {
    const { store } = dock;
    const ids = ["x", "y", "z"];
    const digits = ["a", "b", "c", "d"];
    await Promise.all(
      digits.flatMap((digit) =>
        ids.flatMap((id) => [store.put(entry(id, digit)), store.remove(id)] as Promise<unknown>[]),
      ),
    );
    expect(await recorded("learnwares")).toEqual(await everything());
  });

  test("catches up with what was put without records", async () => {
    const { store, inner, directory } = dock;
    await store.put(entry("known"));
    await inner.put(entry("known", "b"));
    await inner.put(entry("unknown"));
    await inner.putSpace({ ...island, version: 2 });
    await writeFile(join(directory, "learnwares", "damaged.json"), "{");
    await inner.put({ ...entry("damaged"), spaceVersion: 2 });
    await rm(join(directory, "spaces", `${island.id}@1.json`));
    await store.recordAll();
    const found: LearnwareRecord[] = await recorded("learnwares");
    expect(found).toEqual(await everything());
    expect(found).toHaveLength(3);
    expect(await versionsOf(island.id)).toEqual([1, 2]);
  });
});
