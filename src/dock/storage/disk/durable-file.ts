/** @file Files that are on the disk, whole, before anyone sees them. */

import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/**
 * Write a file so that it appears complete or not at all, and survives a power cut from then on.
 *
 * @param draft - A path on the same file system that nobody else uses; gone afterwards.
 * @param place - Where the file goes, asked for when everything is written; its directory exists.
 */
export async function writeDurably(
  draft: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  place: () => string | Promise<string>,
): Promise<void> {
  try {
    await writeThrough(draft, chunks);
    const path = await place();
    await rename(draft, path);
    await syncDirectory(dirname(path));
  } finally {
    await rm(draft, { force: true });
  }
}

/** Remove a file for good; no matter if there was none. */
export async function removeDurably(path: string): Promise<void> {
  try {
    await rm(path);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Make a directory, and those above it that are missing, for good. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = resolve(path); made.length >= first.length; made = dirname(made)) {
    await syncDirectory(dirname(made));
  }
}

/** Put on the disk what others wrote into a directory, and all directories in it. */
export async function syncTree(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    const within = join(entry.parentPath, entry.name);
    if (entry.isFile()) await syncFile(within);
    else if (entry.isDirectory()) await syncDirectory(within);
  }
  await syncDirectory(path);
}

/** Move a file or directory for good; what it replaces must be a file, or an empty directory. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncDirectory(dirname(to));
}

/** True of the error for a file that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function writeThrough(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+"); // Windows syncs only what may be written.
  try {
    await file.sync();
  } finally {
    await file.close();
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
