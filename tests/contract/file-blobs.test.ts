import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { FileBlobs } from "../../src/dock/store/file-blobs";
import { blobStoreContract } from "./blob-store.suite";

const temporary = () => mkdtemp(join(tmpdir(), "berth-blobs-"));

blobStoreContract("FileBlobs", async () => FileBlobs.open(await temporary()));

test("FileBlobs sweeps up what an interrupted write left", async () => {
  const directory = await temporary();
  await mkdir(join(directory, "unfinished"));
  await writeFile(join(directory, "unfinished", "half"), "x");
  await FileBlobs.open(directory);
  expect(await readdir(join(directory, "unfinished"))).toEqual([]);
});
