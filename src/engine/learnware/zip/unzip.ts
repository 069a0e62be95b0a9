import JSZip from "jszip";

import { EngineError } from "../../ground/errors";
import { concatenate } from "../../ground/bytes";
import { zipLimits } from "./zip-limits";

declare module "jszip" {
  interface JSZipObject {
    // In JSZip since version 3.0, documented, but not in its types.
    internalStream(type: "uint8array"): JSZip.JSZipStreamHelper<Uint8Array>;
  }
}

/** Below this an entry may have any ratio: a few repeated lines are no attack. */
const HARMLESS_BYTES = 64 * 1024;

/** Bounds on what a zip may hold. */
export interface ZipLimits {
  readonly zipBytes: number;
  readonly entries: number;
  readonly unpackedBytes: number;
  /** Unpacked size of an entry over its packed size. */
  readonly ratio: number;
}

/** A zip whose entries are unpacked when they are asked for. */
export interface Archive {
  /** Paths, without folders. */
  readonly names: readonly string[];
  /** What is unpacked counts against the limits each time. */
  readonly unpack: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Unpack a zip within `zipLimits`, which are kept while unpacking: sizes that the zip claims for
 * itself are not believed.
 *
 * @returns Contents by path, without folders.
 * @throws EngineError `package_too_large` if a limit is passed.
 * @throws EngineError `bad_package` if the zip is damaged, or a path is not safe.
 */
export async function unzip(zip: Uint8Array): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { names, unpack } = await openArchive(zip, zipLimits);
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of names) contents.set(name, await unpack(name));
  return contents;
}

/** @throws EngineError as `unzip` does. */
export async function openArchive(zip: Uint8Array, limits: ZipLimits): Promise<Archive> {
  if (zip.length > limits.zipBytes) {
    const reason = `the zip has ${zip.length} bytes, ${limits.zipBytes} are allowed`;
    throw tooLarge(reason, limits.zipBytes);
  }
  // Counted before the directory is read, which takes memory for each entry.
  if (countDirectoryRecords(zip) > 2 * limits.entries) throw tooManyEntries(limits);
  const archive = await load(zip);
  const entries = Object.values(archive.files);
  if (entries.length > limits.entries) throw tooManyEntries(limits);
  for (const entry of entries) checkPath(entry.unsafeOriginalName ?? entry.name);
  let left = limits.unpackedBytes;
  return {
    names: entries.flatMap(({ dir, name }) => (dir ? [] : [name])),
    unpack: async (name) => {
      const content = await unpack(archive.files[name]!, left, zip.length, limits);
      left -= content.length;
      return content;
    },
  };
}

async function load(zip: Uint8Array): Promise<JSZip> {
  try {
    return await JSZip.loadAsync(zip, { createFolders: false });
  } catch (cause) {
    const reason = "the file is not a zip, or it is damaged; pack it again";
    throw new EngineError("bad_package", reason, {}, { cause });
  }
}

/** How often the mark of a directory record (PK 1 2) occurs; chance hits only raise it. */
function countDirectoryRecords(zip: Uint8Array): number {
  let count = 0;
  for (let at = zip.indexOf(0x50); at >= 0; at = zip.indexOf(0x50, at + 1)) {
    if (zip[at + 1] === 0x4b && zip[at + 2] === 1 && zip[at + 3] === 2) count++;
  }
  return count;
}

function checkPath(path: string): void {
  const isUnsafe =
    path.startsWith("/") ||
    /^[a-z]:/i.test(path) ||
    path.includes("\\") ||
    path.includes("\0") ||
    path.split("/").includes("..");
  if (isUnsafe) {
    throw new EngineError(
      "bad_package",
      `the zip holds the path "${path.slice(0, 100)}"; paths must stay inside the zip`,
      { path },
    );
  }
}

function unpack(
  entry: JSZip.JSZipObject,
  bytesLeft: number,
  zipBytes: number,
  limits: ZipLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const allowed = Math.max(HARMLESS_BYTES, packedSize(entry, zipBytes) * limits.ratio);
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    let isOver = false;
    const stream = entry.internalStream("uint8array");
    stream.on("data", (part) => {
      if (isOver) return;
      size += part.length;
      if (size > bytesLeft || size > allowed) {
        isOver = true;
        parts.length = 0;
        stream.pause();
        const reason =
          size > bytesLeft
            ? `the zip unpacks to more than ${limits.unpackedBytes} bytes`
            : `"${entry.name}" unpacks to more than ${limits.ratio} times its packed size`;
        reject(tooLarge(reason, size > bytesLeft ? limits.unpackedBytes : limits.ratio));
        return;
      }
      parts.push(part);
    });
    stream.on("error", (cause: Error) => {
      const reason = `"${entry.name}" in the zip is damaged; pack it again`;
      reject(new EngineError("bad_package", reason, { path: entry.name }, { cause }));
    });
    stream.on("end", () => resolve(concatenate(parts)));
    stream.resume();
  });
}

/** The length of an entry's packed bytes, which JSZip 3 keeps without saying so in its types. */
function packedSize(entry: object, zipBytes: number): number {
  const data: unknown = "_data" in entry ? entry._data : null;
  const size: unknown =
    typeof data === "object" && data !== null && "compressedSize" in data
      ? data.compressedSize
      : null;
  return typeof size === "number" ? Math.min(size, zipBytes) : zipBytes;
}

function tooManyEntries({ entries }: ZipLimits): EngineError {
  return tooLarge(`the zip holds more than ${entries} files`, entries);
}

function tooLarge(message: string, limit: number): EngineError {
  return new EngineError("package_too_large", message, { limit });
}
