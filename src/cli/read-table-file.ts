import { createReadStream, statSync } from "node:fs";

import type { Progress } from "../engine/progress";
import type { Table } from "../engine/table/column";
import { readTable } from "../engine/table/read-table";
import type { TableSource } from "../engine/table/source";
import { byteTools } from "../runtime/byte-tools";
import { finish } from "./steps";

/** A delimited text file on disk, plain or gzip. */
export function sourceOfFile(path: string): TableSource {
  return {
    sizeBytes: statSync(path).size,
    tools: byteTools,
    open: () => createReadStream(path) as AsyncIterable<Uint8Array>,
  };
}

/** @throws EngineError as `readTable` does. */
export async function readTableFile(
  path: string,
  onProgress?: (progress: Progress) => void,
): Promise<Table> {
  const { table } = await finish(readTable(sourceOfFile(path)), onProgress);
  return table;
}
