import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";

import type { BlobInfo, BlobStore, OpenBlob } from "./blob-store";

/** A `BlobStore` in a directory: `ab/<sha256>`, where `ab` are the first two digits. */
export class FileBlobs implements BlobStore {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Open the directory, make it if it is missing, and sweep up what an interrupted write left. */
  static async open(directory: string): Promise<FileBlobs> {
    const unfinished = join(directory, "unfinished");
    await mkdir(unfinished, { recursive: true });
    for (const name of await readdir(unfinished)) await rm(join(unfinished, name));
    return new FileBlobs(directory);
  }

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<BlobInfo> {
    const temporary = join(this.#directory, "unfinished", randomUUID());
    try {
      const info = await writeThrough(temporary, bytes);
      const path = this.#path(info.sha256);
      if (await mkdir(dirname(path), { recursive: true })) await syncDirectory(this.#directory);
      await rename(temporary, path);
      await syncDirectory(dirname(path));
      return info;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#size(sha256)) !== null;
  }

  async open(sha256: string): Promise<OpenBlob | null> {
    const file = await openOrNull(this.#path(sha256));
    if (!file) return null;
    const { size } = await file.stat();
    const stream = Readable.toWeb(file.createReadStream());
    return { sizeBytes: size, stream: stream as ReadableStream<Uint8Array<ArrayBuffer>> };
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true });
  }

  async #size(sha256: string): Promise<number | null> {
    try {
      return (await stat(this.#path(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  #path(sha256: string): string {
    // Anything else could point outside the directory; no blob has such a name.
    const name = /^[0-9a-f]{64}$/.test(sha256) ? sha256 : "00-no-such-blob";
    return join(this.#directory, name.slice(0, 2), name);
  }
}

async function writeThrough(
  path: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<BlobInfo> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const file = await open(path, "wx");
  try {
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A rename survives a power cut only once its directory is on the disk. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return; // Directories cannot be opened there.
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
