import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { CheckedBlobs } from "../../src/dock/storage/blobs/checked-blobs";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { blobStoreContract } from "./blob-store.suite";
import { storeInFiles } from "./store-in-files";

const temporary = () => mkdtemp(join(tmpdir(), "berth-checked-"));

blobStoreContract("CheckedBlobs", () => storeInFiles((blobs) => new CheckedBlobs(blobs)));

test.each([
  ["a short blob before any of it is read", 1000],
  ["a long one before it has been read to its end", 9 << 20],
])("CheckedBlobs notices damage of %s", async (_, sizeBytes) => {
  const directory = await temporary();
  const blobs = new CheckedBlobs(await FileBlobs.open(directory));
  const bytes = new Uint8Array(sizeBytes).fill(7);
  const { sha256 } = await blobs.put(bytes);
  bytes[sizeBytes - 1]! ^= 1;
  await writeFile(join(directory, sha256.slice(0, 2), sha256), bytes);
  const reading = blobs.open(sha256).then((blob) => blob!.stream.pipeTo(new WritableStream()));
  await expect(reading).rejects.toMatchObject({ code: "hash_mismatch" });
});
