import { EngineError } from "../../../ground/errors";
import type { Steps } from "../../../ground/progress";
import { type OpenTable, openTable } from "./index";
import { type ByteTools, sourceOfBytes } from "./source";

/**
 * A table that is no file's: of names of files, or of lines. Only what is blank is missing in it.
 *
 * @param cells - Shape [rows, names].
 * @throws EngineError `bad_parameter` if they do not make a table of as many rows.
 */
export async function* tableOfCells(
  names: readonly string[],
  cells: readonly (readonly (string | number)[])[],
  tools: ByteTools,
): Steps<OpenTable> {
  const line = (row: readonly (string | number)[]) =>
    row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",");
  const csv = new TextEncoder().encode(`${[names, ...cells].map(line).join("\n")}\n`);
  const open = yield* openTable(sourceOfBytes(csv, tools), "cells.csv", {
    ...({ hasHeader: true, delimiter: ",", quote: '"', encoding: "utf-8" } as const),
    missingOnly: true,
  });
  const { read } = open;
  if (read.profile.rows !== cells.length) {
    const message = `${cells.length} texts make a table of ${read.profile.rows} rows: give them as a CSV with one column`;
    throw new EngineError("bad_parameter", message);
  }
  // What is odd about a table that nobody wrote is nobody's business.
  const profile = { ...read.profile, warnings: [], repairs: [] };
  return { ...open, read: { ...read, profile } };
}
