import { createHash, randomBytes } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { readAll } from "../../src/dock/storage/blobs/read-all";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { migrate } from "../../src/dock/storage/sql/migrate";
import { Uploads } from "../../src/dock/storage/uploads/uploads";

const limits = { bytes: 40_000_000, open: 4, keptMs: 60_000 };
let database: PgliteDatabase;
let blobs: FileBlobs;
let uploads: Uploads;

beforeAll(async () => {
  database = await PgliteDatabase.open();
  await migrate(database);
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-uploads-")));
  uploads = new Uploads({ database, blobs }, limits);
});
afterAll(() => database.close());

async function* chunksOf(bytes: Uint8Array, size = 300_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Some chunks, and then the connection breaks. */
async function* broken(bytes: Uint8Array) {
  yield* chunksOf(bytes);
  throw new Error("ECONNRESET");
}

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function blobCount(): Promise<number> {
  const names: string[] = [];
  for await (const { sha256 } of blobs.list()) names.push(sha256);
  return names.length;
}

describe("an upload", () => {
  test("comes in pieces, goes on where it broke off, and is put together as it was", async () => {
    const file = randomBytes(10_000_001);
    const { id } = await uploads.create("a", file.length);
    const first = await uploads.append(id, 0, broken(file.subarray(0, 5_000_000)));
    expect(first).toBe(5_000_000);
    await expect(uploads.append(id, 0, chunksOf(file))).rejects.toMatchObject({
      code: "wrong_offset",
      details: { offset: 5_000_000 },
    });
    expect(await uploads.append(id, first, chunksOf(file.subarray(first)))).toBe(file.length);
    const done = await uploads.finish(id, hashOf(file));
    const blob = await blobs.open(done.sha256!);
    expect((await readAll(blob!.stream))!.equals(file)).toBe(true);
    expect(await uploads.finish(id, hashOf(file))).toMatchObject({ sha256: hashOf(file) });
    expect(await blobCount()).toBe(1);
    await uploads.remove(id);
  });

  test("that is another file than was said is forgotten", async () => {
    const { id } = await uploads.create("a", 10);
    await uploads.append(id, 0, chunksOf(new Uint8Array(10)));
    await expect(uploads.finish(id, "0".repeat(64))).rejects.toMatchObject({
      code: "damaged_file",
    });
    expect(await uploads.find(id)).toBeNull();
  });

  test("takes no more than was announced, and is not finished before it is whole", async () => {
    const { id } = await uploads.create("a", 10);
    await expect(uploads.append(id, 0, chunksOf(new Uint8Array(11), 6))).rejects.toMatchObject({
      code: "too_large",
    });
    await expect(uploads.finish(id, "0".repeat(64))).rejects.toMatchObject({
      code: "wrong_offset",
      details: { offset: 6 },
    });
    await uploads.remove(id);
    await expect(uploads.append(id, 6, chunksOf(new Uint8Array(4)))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of which two requests bring the same bytes keeps those of one", async () => {
    const file = randomBytes(5_000_000);
    const { id } = await uploads.create("a", file.length);
    const before = await blobCount();
    const both = await Promise.allSettled([
      uploads.append(id, 0, chunksOf(file)),
      uploads.append(id, 0, chunksOf(file)),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await uploads.finish(id, hashOf(file))).toMatchObject({ sha256: hashOf(file) });
    await uploads.remove(id);
    expect(await blobCount()).toBe(before + 1); // The whole, until it is collected.
  });

  test("stays within the quota of its account, which is nobody else's", async () => {
    const first = await uploads.create("b", 30_000_000);
    await expect(uploads.create("b", 20_000_000)).rejects.toMatchObject({ code: "quota_full" });
    await uploads.create("c", 20_000_000);
    await uploads.remove(first.id);
    await uploads.create("b", 20_000_000);
  });

  test("whose time is over is gone with its parts", async () => {
    const short = new Uploads({ database, blobs }, { ...limits, keptMs: 1 });
    const before = await blobCount();
    const { id } = await uploads.create("d", 10);
    await uploads.append(id, 0, chunksOf(new Uint8Array(5)));
    await database.query("update upload set expires_at = now() where id = $1", [id]);
    expect(await uploads.find(id)).toBeNull();
    await short.expire();
    expect(await blobCount()).toBe(before);
  });
});
