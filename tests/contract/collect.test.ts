import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import { collect } from "../../src/dock/jobs/collect";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { Uploads } from "../../src/dock/storage/uploads/uploads";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";

const DAY_MS = 24 * 3_600_000;
const keep = () => Promise.resolve();

let store: SqlStore;
let blobs: FileBlobs;
let uploads: Uploads;
let orphan: string;

beforeEach(async () => {
  const database = await PgliteDatabase.open();
  store = await SqlStore.open(database);
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-collect-")));
  uploads = new Uploads({ database, blobs });
  orphan = (await blobs.put(new Uint8Array(9))).sha256;
  await store.putSpace(island);
  await store.put(entryOf("gone", rkmeAround(1, 0)));
  await store.remove("gone");
});

const run = (now: number) => collect(store, blobs, uploads, { keep }, now);
async function* bytes(given: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield given;
}
const left = async () => ({
  learnwares: (await store.history("gone")).length,
  zips: (await blobs.has(orphan)) ? 1 : 0,
});

describe("what was removed", () => {
  test("goes after 30 days, and zips that nobody uses after an hour", async () => {
    const start = Date.now();
    for (let day = 0; day <= 29; day++) await run(start + day * DAY_MS);
    expect(await left()).toEqual({ learnwares: 1, zips: 0 });
    await run(start + 30.5 * DAY_MS);
    expect(await left()).toEqual({ learnwares: 0, zips: 0 });
  });

  test("stays as long as an upload or a submission needs it", async () => {
    const upload = await uploads.create("somebody", 9);
    await uploads.append(upload.id, 0, bytes(new Uint8Array(9)));
    const start = Date.now();
    await run(start);
    await run(start + DAY_MS);
    const sha256 = createHash("sha256").update(new Uint8Array(9)).digest("hex");
    expect((await uploads.finish(upload.id, sha256)).sha256).toBe(sha256);
    await run(start + 2 * DAY_MS);
    expect(await blobs.has(sha256)).toBe(true);
    await uploads.remove(upload.id);
    await run(start + 3 * DAY_MS);
    expect(await blobs.has(sha256)).toBe(false);
  });

  test("stays when the clock is suddenly 40 days ahead", async () => {
    await run(Date.now());
    expect(await run(Date.now() + 40 * DAY_MS)).toBe(false);
    expect(await left()).toEqual({ learnwares: 1, zips: 1 });
  });

  test("stays when it was set right again, and at the first start of all", async () => {
    expect(await run(Date.now() + 40 * DAY_MS)).toBe(false);
    expect(await run(Date.now())).toBe(false);
    expect(await left()).toEqual({ learnwares: 1, zips: 1 });
  });
});
