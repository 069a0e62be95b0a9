import { EngineError } from "../../engine/ground/errors";
import type { Steps } from "../../engine/ground/progress";
import { crc32 } from "../../engine/learnware/zip/crc32";
import {
  directoryRecords,
  localRecord,
  type ZipEntry,
} from "../../engine/learnware/zip/zip-records";
import { streamChunks } from "../byte-tools";
import type { OriginalFile } from "./original-files";

/**
 * The files under other paths in one zip, byte for byte: made of references to where they lie, so that none is held, nor
 * packed twice. Yields `write`, counting files.
 *
 * @param paths - Shape [n]; no two are the same.
 * @throws EngineError `damaged_file` if one cannot be read any more.
 */
export async function* sortedZip(
  files: readonly OriginalFile[],
  paths: readonly string[],
): Steps<Blob> {
  const parts: BlobPart[] = [];
  const entries: (ZipEntry & { at: number })[] = [];
  let at = 0;
  for (const [i, file] of files.entries()) {
    yield { stage: "write", done: i, total: files.length };
    const { blob, method, bytes, crc } = await file.packed();
    const entry = {
      ...{ path: paths[i]!, method, bytes, packedBytes: blob.size, at },
      crc: crc ?? (await checksum(blob)),
    };
    const head = localRecord(entry);
    parts.push(head, blob);
    entries.push(entry);
    at += head.length + blob.size;
  }
  parts.push(directoryRecords(entries, at));
  return new Blob(parts, { type: "application/zip" });
}

async function checksum(blob: Blob): Promise<number> {
  let crc = 0;
  try {
    for await (const part of streamChunks(blob.stream())) crc = crc32(part, crc);
  } catch (cause) {
    const message = "the file cannot be read any more: it was moved or changed";
    throw new EngineError("damaged_file", message, {}, { cause });
  }
  return crc;
}
