import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

import type { UserTable } from "./user-table";
import type { AddedColumn } from "../../engine/kinds/added-column";

/**
 * The file again with columns at its right, piece by piece.
 *
 * @param out - A path, or "-" for standard output.
 */
export async function writePredictions(
  out: string,
  table: UserTable,
  added: readonly AddedColumn[],
): Promise<void> {
  const stream: Writable = out === "-" ? process.stdout : createWriteStream(out);
  const steps = table.write(added, (piece) => void stream.write(piece));
  while (!(await steps.next()).done) {
    if (stream.writableNeedDrain) await once(stream, "drain");
  }
  if (out === "-") return;
  stream.end();
  await finished(stream);
}
