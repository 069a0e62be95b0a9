import { mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BlobStore } from "../../src/dock/storage/blobs/blob-store";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import type { OpenedStore } from "./blob-store.suite";

/** A store over blobs in files of a new directory, for the contract. */
export async function storeInFiles(over: (blobs: FileBlobs) => BlobStore): Promise<OpenedStore> {
  const directory = await mkdtemp(join(tmpdir(), "berth-blobs-"));
  const unfinished = join(directory, "unfinished");
  return {
    blobs: over(await FileBlobs.open(directory)),
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
}
