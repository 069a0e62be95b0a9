/** @file A folder as one file: what is in it as JSON, and then the bytes of its files, but for the zeros at their ends. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  /** With slashes, from the folder. */
  readonly path: string;
  /** Of a file; null of a folder, which comes before what is in it. */
  readonly size: number | null;
  /** How many of its bytes are kept. */
  readonly kept: number;
}

/** @returns Chunks, to be written one after the other. */
export function packFolder(folder: string): Uint8Array[] {
  const bytes: Uint8Array[] = [];
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((path): Entry => {
      const name = path.replaceAll("\\", "/");
      if (statSync(join(folder, path)).isDirectory()) return { path: name, size: null, kept: 0 };
      const whole = readFileSync(join(folder, path));
      const kept = whole.subarray(0, whole.findLastIndex((byte) => byte !== 0) + 1);
      bytes.push(kept);
      return { path: name, size: whole.length, kept: kept.length };
    });
  const list = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  return [length, list, ...bytes];
}

/** Of a folder the size is null; the bytes of a file are a part of `packed`, and zeros from there to its size. */
export function* unpackFolder(
  packed: Buffer,
): Generator<{ readonly path: string; readonly size: number | null; readonly bytes: Buffer }> {
  let at = 4 + packed.readUInt32LE();
  const entries = JSON.parse(packed.toString("utf8", 4, at)) as readonly Entry[];
  for (const { path, size, kept } of entries) {
    yield { path, size, bytes: packed.subarray(at, (at += kept)) };
  }
}
