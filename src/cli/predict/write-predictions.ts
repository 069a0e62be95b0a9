import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

import { writeCsv } from "../../engine/kinds/table/read/delimited/write-csv";
import { sourceOfFile } from "../read-table-file";
import type { UserTable } from "./user-table";
import type { AddedColumn } from "../../engine/kinds/added-column";

/**
 * The file again with columns at its right, piece by piece.
 *
 * @param out - A path, or "-" for standard output.
 */
export async function writePredictions(
  out: string,
  file: string,
  table: UserTable,
  added: readonly AddedColumn[],
): Promise<void> {
  const stream: Writable = out === "-" ? process.stdout : createWriteStream(out);
  const steps = writeCsv(sourceOfFile(file), table.file, added, (text) => void stream.write(text));
  while (!(await steps.next()).done) {
    if (stream.writableNeedDrain) await once(stream, "drain");
  }
  if (out === "-") return;
  stream.end();
  await finished(stream);
}
