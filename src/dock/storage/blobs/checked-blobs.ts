import { createHash } from "node:crypto";

import { AppError } from "../../../contracts/outcome";
import { readAll } from "./read-all";
import type { BlobInfo, BlobStore, ListedBlob, OpenBlob } from "./blob-store";

/** Up to here a blob is looked at before any of it goes out; a longer one breaks off where it ends. */
const MOST_HELD_BYTES = 8 << 20;

/** Blobs of another store, whose bytes are compared with their name whenever they are read. */
export class CheckedBlobs implements BlobStore {
  readonly #blobs: BlobStore;

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  /** @throws AppError `hash_mismatch` if it is damaged; a long one's stream does. */
  async open(sha256: string): Promise<OpenBlob | null> {
    const blob = await this.#blobs.open(sha256);
    if (!blob) return null;
    const { sizeBytes } = blob;
    const checked = blob.stream.pipeThrough(checking(sha256));
    if (sizeBytes > MOST_HELD_BYTES) return { sizeBytes, stream: checked };
    const bytes = await readAll(checked);
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        if (bytes && bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    });
    return { sizeBytes, stream };
  }

  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<BlobInfo> {
    return this.#blobs.put(bytes);
  }

  has(sha256: string): Promise<boolean> {
    return this.#blobs.has(sha256);
  }

  remove(sha256: string): Promise<void> {
    return this.#blobs.remove(sha256);
  }

  list(): AsyncIterable<ListedBlob> {
    return this.#blobs.list();
  }
}

/** Passes bytes on, and fails at their end if they are not those of the name. */
function checking(sha256: string): TransformStream<Uint8Array<ArrayBuffer>> {
  const hash = createHash("sha256");
  return new TransformStream({
    transform(chunk, controller) {
      hash.update(chunk);
      controller.enqueue(chunk);
    },
    flush() {
      if (hash.digest("hex") === sha256) return;
      throw new AppError("hash_mismatch", `the zip ${sha256} is damaged in the dock's store`);
    },
  });
}
