import { directoryRecords, localRecord, METHODS } from "../../engine/learnware/zip/zip-records";

/** A file of those that came together. */
export interface FileOfMany {
  /** Below what was chosen. */
  readonly path: string;
  readonly file: File;
}

/**
 * Files as one: a zip that refers to where they lie, so that none is read now, or held. So whatever takes one file takes many,
 * keeps them and opens them again. Its checksums are left out: only this app reads it.
 */
export function asOneFile(name: string, files: readonly FileOfMany[]): File {
  const parts: BlobPart[] = [];
  let at = 0;
  const entries = files.map(({ path, file }) => {
    const { size } = file;
    const entry = { path, method: METHODS.stored, crc: 0, packedBytes: size, bytes: size, at };
    const head = localRecord(entry);
    parts.push(head, file);
    at += head.length + size;
    return entry;
  });
  return new File([...parts, directoryRecords(entries, at)], name, { type: "application/zip" });
}
