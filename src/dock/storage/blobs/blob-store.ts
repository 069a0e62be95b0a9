/** What a blob is known by, and how long it is. */
export interface BlobInfo {
  /** SHA-256 of its bytes, in lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface ListedBlob extends BlobInfo {
  /** When it was last put, by the store's own clock, to the second. */
  readonly modifiedAt: Date;
}

export interface OpenBlob {
  readonly sizeBytes: number;
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Bytes that are named by their own hash and never change. Every adapter passes tests/contract/blob-store.suite.ts. */
export interface BlobStore {
  /**
   * Keeps the bytes for good before it resolves; readers see all of them or nothing. A stream is
   * read no faster than it is stored. Putting what is there already renews its `modifiedAt`.
   */
  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<BlobInfo>;
  has(sha256: string): Promise<boolean>;
  /** Resolves to null, never throws, when there is none. What `openBlobs` opens throws if it is damaged. */
  open(sha256: string): Promise<OpenBlob | null>;
  /** No matter if there was none. */
  remove(sha256: string): Promise<void>;
  /** Every blob, in no particular order. One that is put or removed meanwhile may be among them or not. */
  list(): AsyncIterable<ListedBlob>;
}
