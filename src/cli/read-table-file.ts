import { createReadStream, statSync } from "node:fs";

import type { Progress } from "../engine/ground/progress";
import { readTable } from "../engine/kinds/table/read/delimited/read-table";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import type { TableSource } from "../engine/kinds/table/read/source";
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
export function readTableFile(
  path: string,
  onProgress?: (progress: Progress) => void,
): Promise<ReadTable> {
  return finish(readTable(sourceOfFile(path)), onProgress);
}
