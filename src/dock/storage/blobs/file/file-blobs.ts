import { randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";

import { blobPath, isBlobName } from "../blob-path";
import type { BlobInfo, BlobStore, ListedBlob, OpenBlob } from "../blob-store";
import { isMissing, makeDirectory, removeDurably, writeDurably } from "../../disk/durable-file";
import { MeasuredBytes } from "../measured-bytes";

/** A `BlobStore` in a directory: `ab/<sha256>`, where `ab` are the first two digits. */
export class FileBlobs implements BlobStore {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Open the directory, make it if it is missing, and sweep up what an interrupted write left. No
   * two processes may have it open.
   */
  static async open(directory: string): Promise<FileBlobs> {
    const unfinished = join(directory, "unfinished");
    await makeDirectory(unfinished);
    for (const name of await readdir(unfinished)) await rm(join(unfinished, name));
    return new FileBlobs(directory);
  }

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<BlobInfo> {
    const measured = new MeasuredBytes(bytes);
    await writeDurably(join(this.#directory, "unfinished", randomUUID()), measured, async () => {
      const path = this.#path(measured.info().sha256);
      await makeDirectory(dirname(path));
      return path;
    });
    return measured.info();
  }

  async has(sha256: string): Promise<boolean> {
    return (await statOrNull(this.#path(sha256))) !== null;
  }

  async open(sha256: string): Promise<OpenBlob | null> {
    const file = await openOrNull(this.#path(sha256));
    if (!file) return null;
    const { size } = await file.stat();
    const stream = Readable.toWeb(file.createReadStream());
    return { sizeBytes: size, stream: stream as ReadableStream<Uint8Array<ArrayBuffer>> };
  }

  async remove(sha256: string): Promise<void> {
    await removeDurably(this.#path(sha256));
  }

  async *list(): AsyncGenerator<ListedBlob, void, undefined> {
    for (const digits of await readdir(this.#directory)) {
      if (!/^[0-9a-f]{2}$/.test(digits)) continue;
      for (const sha256 of await readdir(join(this.#directory, digits))) {
        const found = isBlobName(sha256) ? await statOrNull(this.#path(sha256)) : null;
        if (found) yield { sha256, sizeBytes: found.size, modifiedAt: found.mtime };
      }
    }
  }

  #path(sha256: string): string {
    return join(this.#directory, blobPath(sha256));
  }
}

async function statOrNull(path: string): Promise<{ size: number; mtime: Date } | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
