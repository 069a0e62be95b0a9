import { sha256Of } from "../../../../client/storage/sha256";
import type { TableProfile } from "../../../../engine/kinds/table/columns/profile";

/** Lines that tell a table from others. */
const LINES = 50;

/**
 * A name for a table that says nothing about it: the SHA-256 of its size and first lines. It is the
 * same however the columns are typed, matched, or the file is called.
 */
export function fingerprintOf({ rows, columns, dialect, preview }: TableProfile) {
  const header = dialect.hasHeader ? [columns.map(({ name }) => name)] : [];
  const lines = [...header, ...preview].slice(0, LINES);
  const text = JSON.stringify([rows + header.length, columns.length, lines]);
  return sha256Of(new TextEncoder().encode(text));
}
