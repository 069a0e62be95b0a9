import { cellReader } from "../cells/cell-reader";
import { latin1 } from "../cells/latin1";
import { loadJson, loadNdjson } from "./load-json";

/** A record, or a list of cells, a line. */
export const ndjsonReader = cellReader({
  format: "ndjson",
  called: "NDJSON file",
  writes: "ndjson",
  recognises: (head) => isRecords(startOf(head)),
  load: loadNdjson,
});

/** A list of records, columns by name, or one of them within an object. */
export const jsonReader = cellReader({
  format: "json",
  called: "JSON file",
  writes: "json",
  recognises: (head) => /^\s*[[{]/.test(startOf(head)),
  load: loadJson,
});

/** Whether a text begins with two records or lists of cells, or has one record that fills its only line. */
function isRecords(start: string): boolean {
  const [first, second] = start.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (first !== undefined && second !== undefined && isList(first) && isList(second)) return true;
  if (!first?.trim().startsWith("{") || !first.trim().endsWith("}")) return false;
  if (second !== undefined && !second.trim().startsWith("{")) return false;
  try {
    const record: unknown = JSON.parse(first);
    // One object alone may hold a table; a record holds plain values.
    return (
      second !== undefined ||
      Object.values(record as object).every((value) => typeof value !== "object")
    );
  } catch {
    return false;
  }
}

/** Whether a line is a list of plain values. */
function isList(line: string): boolean {
  if (!/^\s*\[[^[{]*\]\s*$/.test(line)) return false;
  try {
    return Array.isArray(JSON.parse(line));
  } catch {
    return false;
  }
}

/** The first characters, without a mark; those of UTF-16 have blanks between them, which JSON allows. */
function startOf(head: Uint8Array): string {
  return latin1(head)
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "")
    .replaceAll("\0", "");
}
