import { constants } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { AppError } from "../../contracts/outcome";
import { readAll } from "../storage/blobs/read-all";
import { zipLimits } from "../../engine/learnware/zip/zip-limits";

/** A zip to add, and the id that it is to have. */
export interface ZipFile {
  readonly path: string;
  readonly id: string;
}

/**
 * The zips that are named, and those in directories that are, by name. A path where there is nothing, or a directory that
 * cannot be looked into, stays in the list, to be reported when it is read.
 */
export async function findZips(paths: readonly string[]): Promise<ZipFile[]> {
  const found: ZipFile[] = [];
  for (const path of paths) {
    const isDirectory = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    const names = isDirectory ? await readdir(path).catch(() => null) : null;
    const zips = names?.filter((name) => /\.zip$/i.test(name)).sort();
    const files = zips?.map((name) => join(path, name)) ?? [path];
    found.push(...files.map((file) => ({ path: file, id: idOf(file) })));
  }
  return found;
}

/**
 * The bytes of a zip, if it is a file of a size that a zip may have: nothing else is waited for or read.
 *
 * @throws AppError `bad_input` or `too_large`; Error with a `code` of the system.
 */
export async function readZip(path: string): Promise<Buffer<ArrayBuffer>> {
  // Without waiting for somebody to write into a pipe.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const entry = await file.stat();
    if (entry.isDirectory()) throw new AppError("bad_input", "it is a directory");
    if (!entry.isFile()) throw new AppError("bad_input", "it is a device or a pipe, not a file");
    const tooLarge = `it has more than ${zipLimits.zipBytes} bytes`;
    if (entry.size > zipLimits.zipBytes) throw new AppError("too_large", tooLarge);
    const stream = file.createReadStream({ autoClose: false });
    const bytes = await readAll(stream, zipLimits.zipBytes); // It may have grown.
    if (!bytes) throw new AppError("too_large", tooLarge);
    return bytes;
  } finally {
    await file.close();
  }
}

/** The name of a file as an id: lower-case letters, digits and hyphens. Empty if nothing is left. */
export function idOf(path: string): string {
  return basename(path)
    .replace(/\.zip$/i, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 128)
    .replace(/-$/, "");
}
