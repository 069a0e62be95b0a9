import { randomUUID } from "node:crypto";

import { AppError } from "../../../../contracts/outcome";
import { blobPath, isBlobName } from "../blob-path";
import type { BlobInfo, BlobStore, ListedBlob, OpenBlob } from "../blob-store";
import { inParts } from "../in-parts";
import { MeasuredBytes } from "../measured-bytes";
import { type S3Bucket, S3Client } from "./s3-client";
import { S3Draft } from "./s3-draft";
import { listObjects, listUploads, type S3UnfinishedUpload } from "./s3-listing";

export interface S3BlobsOptions extends S3Bucket {
  /** What every key begins with, without a slash at either end; letters, digits and `-._/`, or empty. */
  readonly prefix: string;
}

/** At least S3's smallest part of 5 MiB; what a `put` holds in memory, give or take a copy or two. */
const partBytes = 8 * 1024 * 1024;

const dayMs = 24 * 60 * 60 * 1000;

/** A `BlobStore` in a bucket of any S3 API: `<prefix>/ab/<sha256>`, where `ab` are the first two digits. */
export class S3Blobs implements BlobStore {
  readonly #s3: S3Client;
  /** With the slash at its end, if it is not empty. */
  readonly #prefix: string;

  private constructor({ prefix, ...bucket }: S3BlobsOptions) {
    this.#s3 = new S3Client(bucket);
    this.#prefix = prefix === "" ? "" : `${prefix}/`;
  }

  /**
   * Open the bucket, which must exist, and sweep up what writes that broke off left a day or more
   * ago: another dock may be writing what is younger.
   *
   * @throws AppError `network_failed`, `timed_out` or, if the server refuses, `internal`.
   */
  static async open(options: S3BlobsOptions): Promise<S3Blobs> {
    const blobs = new S3Blobs(options);
    await blobs.#sweep(new Date(Date.now() - dayMs));
    return blobs;
  }

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<BlobInfo> {
    const measured = new MeasuredBytes(bytes);
    const draft = new S3Draft(this.#s3, `${this.#prefix}unfinished/${randomUUID()}`);
    try {
      for await (const part of inParts(measured, partBytes)) {
        if (draft.isEmpty && part.length < partBytes) {
          return await this.#putWhole(part, measured.info());
        }
        await draft.add(part);
      }
      const info = measured.info();
      await draft.copyTo(this.#key(info.sha256));
      return info;
    } finally {
      await draft.discard();
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#s3.find({ method: "HEAD", key: this.#key(sha256) })) !== null;
  }

  async open(sha256: string): Promise<OpenBlob | null> {
    const found = await this.#s3.find({ method: "GET", key: this.#key(sha256) });
    if (!found) return null;
    const length = found.headers.get("content-length");
    if (!found.body || length === null) {
      throw new AppError("internal", "the S3 server answered with no length or no body");
    }
    return { sizeBytes: Number(length), stream: found.body };
  }

  async remove(sha256: string): Promise<void> {
    await this.#s3.find({ method: "DELETE", key: this.#key(sha256) });
  }

  async *list(): AsyncGenerator<ListedBlob, void, undefined> {
    for await (const { key, sizeBytes, modifiedAt } of listObjects(this.#s3, this.#prefix)) {
      const sha256 = key.slice(-64);
      if (isBlobName(sha256) && key === this.#key(sha256)) yield { sha256, sizeBytes, modifiedAt };
    }
  }

  /** S3 takes one PUT wholly or not at all, so that a blob of one part needs no draft. */
  async #putWhole(body: Uint8Array<ArrayBuffer>, info: BlobInfo): Promise<BlobInfo> {
    await this.#s3.send({ method: "PUT", key: this.#key(info.sha256), body });
    return info;
  }

  async #sweep(before: Date): Promise<void> {
    const prefix = `${this.#prefix}unfinished/`;
    for await (const { key, modifiedAt } of listObjects(this.#s3, prefix)) {
      if (modifiedAt < before) await this.#s3.find({ method: "DELETE", key });
    }
    for (const { key, uploadId, begunAt } of await this.#uploads(prefix)) {
      if (begunAt < before) await this.#s3.find({ method: "DELETE", key, query: { uploadId } });
    }
  }

  async #uploads(prefix: string): Promise<S3UnfinishedUpload[]> {
    try {
      return await listUploads(this.#s3, prefix);
    } catch (error) {
      // Not every server lists them, and not to everyone who may write.
      if (error instanceof AppError && error.code === "internal") return [];
      throw error;
    }
  }

  #key(sha256: string): string {
    return this.#prefix + blobPath(sha256);
  }
}
