import { createHash } from "node:crypto";

import type { BlobInfo } from "./blob-store";

/** Bytes that are hashed and counted as they pass, once. */
export class MeasuredBytes implements AsyncIterable<Uint8Array> {
  readonly #bytes: Uint8Array | AsyncIterable<Uint8Array>;
  readonly #hash = createHash("sha256");
  #sizeBytes = 0;

  constructor(bytes: Uint8Array | AsyncIterable<Uint8Array>) {
    this.#bytes = bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of this.#bytes instanceof Uint8Array ? [this.#bytes] : this.#bytes) {
      this.#hash.update(chunk);
      this.#sizeBytes += chunk.length;
      yield chunk;
    }
  }

  /** What has passed so far. */
  info(): BlobInfo {
    return { sha256: this.#hash.copy().digest("hex"), sizeBytes: this.#sizeBytes };
  }
}
