import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { blobStoreContract } from "./blob-store.suite";

const temporary = () => mkdtemp(join(tmpdir(), "berth-blobs-"));

blobStoreContract("FileBlobs", async () => {
  const directory = await temporary();
  const unfinished = join(directory, "unfinished");
  return {
    blobs: await FileBlobs.open(directory),
    async leftovers() {
      const found = await readdir(directory, { recursive: true, withFileTypes: true });
      return found.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    async storedBytes() {
      const sizes = (await readdir(unfinished)).map((name) => stat(join(unfinished, name)));
      return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
    },
    async age(sha256) {
      const hourAgo = Date.now() / 1000 - 3600;
      await utimes(join(directory, sha256.slice(0, 2), sha256), hourAgo, hourAgo);
    },
    close: () => rm(directory, { recursive: true }),
  };
});

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
