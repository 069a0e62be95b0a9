/** @file Where the files of a static dock are read from. */

import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";

import { AppError } from "../../contracts/outcome";
import type { FileMark } from "../../contracts/static/static-dock";
import { MOST_BYTES, readAll } from "../storage/blobs/read-all";
import { isMissing } from "../storage/disk/durable-file";

/** Reads a file by its path below the dock. Resolves to null, never throws, when there is none. */
export type StaticSource = (path: string) => Promise<AsyncIterable<Uint8Array> | null>;

/** For one file. */
const timeoutMs = 300_000;

/** A static dock in a directory. */
export function directorySource(directory: string): StaticSource {
  return async (path) => {
    try {
      return (await open(join(directory, path))).createReadStream();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };
}

/**
 * A static dock on a web server.
 *
 * @param address - Where its index lies: http or https, with or without `index.json`.
 * @returns Throws AppError `network_failed` if the server cannot be reached or fails.
 */
export function webSource(address: string): StaticSource {
  const base = new URL(address.replace(/\/?(index\.json)?$/, "/"));
  return (path) => download(new URL(path, base));
}

/**
 * What is at an address; null where there is nothing.
 *
 * @throws AppError `network_failed` if the server cannot be reached or fails, also later.
 */
export async function download(url: URL): Promise<AsyncIterable<Uint8Array> | null> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch(
    (cause: unknown) => {
      throw new AppError("network_failed", `${url.host} cannot be reached`, {}, { cause });
    },
  );
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok || !response.body) {
    throw new AppError("network_failed", `${url.href} answered with status ${response.status}`);
  }
  return guarded(response.body, url);
}

async function* guarded(
  chunks: AsyncIterable<Uint8Array>,
  url: URL,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch (cause) {
    throw new AppError("network_failed", `${url.href} broke off`, {}, { cause });
  }
}

/**
 * A file that is named by its hash.
 *
 * @throws AppError `not_found` if it is not there, `hash_mismatch` if it is another, `too_large`.
 */
export async function readMarked(
  source: StaticSource,
  path: string,
  { sha256, sizeBytes }: FileMark,
): Promise<Buffer<ArrayBuffer>> {
  if (sizeBytes > MOST_BYTES) throw new AppError("too_large", `${path} has ${sizeBytes} bytes`);
  return readNamed(source, path, sha256, sizeBytes);
}

/**
 * The same of which only the most that it may have is known.
 *
 * @throws AppError `not_found` if it is not there, `hash_mismatch` if it is another or has more.
 */
export async function readNamed(
  source: StaticSource,
  path: string,
  sha256: string,
  mostBytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const chunks = await source(path);
  if (!chunks) throw new AppError("not_found", `the static dock has no ${path}`);
  const bytes = await readAll(chunks, mostBytes);
  if (!bytes || createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw new AppError("hash_mismatch", `${path} is not the file that its name says`);
  }
  return bytes;
}
