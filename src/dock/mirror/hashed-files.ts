import { createHash, randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AppError } from "../../contracts/outcome";
import type { FileMark } from "../../contracts/static/static-dock";
import { isMissing, makeDirectory, writeDurably } from "../storage/disk/durable-file";
import { MeasuredBytes } from "../storage/blobs/measured-bytes";

const OF_A_HASH = /^[0-9a-f]{64}\.|\.draft$/;

/** Where a file of this hash lies. */
type PathOf = (sha256: string) => string;

/** A directory of files that are named by their hash: those that are there already stay as they are. */
export class HashedFiles {
  readonly #directory: string;
  readonly #named = new Set<string>();
  #written = 0;
  #sizeBytes = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Files that were not there before. */
  get written(): number {
    return this.#written;
  }

  /** Of all files named so far. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Put these bytes where their hash says. */
  async put(bytes: Uint8Array, pathOf: PathOf): Promise<FileMark> {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const mark = { sha256, sizeBytes: bytes.length };
    await this.take(mark, pathOf, async () => bytes);
    return mark;
  }

  /**
   * Put a file where its hash says; it is read only if it is not there.
   *
   * @throws AppError `hash_mismatch` if it is not the one that was named; then it is not kept.
   */
  async take(
    { sha256, sizeBytes }: FileMark,
    pathOf: PathOf,
    read: () => Promise<Uint8Array | AsyncIterable<Uint8Array>>,
  ): Promise<void> {
    const path = pathOf(sha256);
    const isNew = !this.#named.has(path);
    this.#named.add(path);
    if (isNew) this.#sizeBytes += sizeBytes;
    if ((await this.#sizeOf(path)) === sizeBytes) return;
    const bytes = new MeasuredBytes(await read());
    await this.#write(path, bytes, () => {
      if (bytes.info().sha256 === sha256) return;
      throw new AppError("hash_mismatch", `the bytes of ${path} are not those its name says`);
    });
    this.#written++;
  }

  /** Write a file that has a name of its own, in place of the one before. */
  async replace(path: string, text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    this.#sizeBytes += bytes.length;
    await this.#write(path, [bytes], () => undefined);
  }

  /**
   * Remove what lies in these folders under a hash, or was being written there, and was not named; others' files stay.
   *
   * @returns How many files.
   */
  async prune(folders: readonly string[]): Promise<number> {
    let removed = 0;
    for (const folder of folders) {
      for (const name of await listed(join(this.#directory, folder))) {
        if (!OF_A_HASH.test(name) || this.#named.has(`${folder}/${name}`)) continue;
        await rm(join(this.#directory, folder, name));
        removed++;
      }
    }
    return removed;
  }

  async #write(
    path: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    check: () => void,
  ): Promise<void> {
    const place = join(this.#directory, path);
    await makeDirectory(dirname(place));
    await writeDurably(`${place}.${randomUUID()}`, chunks, () => {
      check();
      return place;
    });
  }

  async #sizeOf(path: string): Promise<number | null> {
    try {
      return (await stat(join(this.#directory, path))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
}

async function listed(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
