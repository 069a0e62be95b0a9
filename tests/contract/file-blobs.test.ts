import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { blobStoreContract } from "./blob-store.suite";
import { storeInFiles } from "./store-in-files";

const temporary = () => mkdtemp(join(tmpdir(), "berth-blobs-"));

blobStoreContract("FileBlobs", () => storeInFiles((blobs) => blobs));

test("FileBlobs sweeps up what an interrupted write left", async () => {
  const directory = await temporary();
  await mkdir(join(directory, "unfinished"));
  await writeFile(join(directory, "unfinished", "half"), "x");
  await FileBlobs.open(directory);
  expect(await readdir(join(directory, "unfinished"))).toEqual([]);
});

test("FileBlobs lists no file that is not a blob", async () => {
  const directory = await temporary();
  const blobs = await FileBlobs.open(directory);
  await mkdir(join(directory, "ab"));
  await writeFile(join(directory, "ab", "notes.txt"), "x");
  await writeFile(join(directory, "README"), "x");
  expect((await blobs.list().next()).done).toBe(true);
});
