import { createReadStream, statSync } from "node:fs";

import type { TableSource } from "../engine/kinds/table/read/source";
import { byteTools } from "../runtime/byte-tools";
import { openTable, type OpenTable } from "../engine/kinds/table/read/index";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { finish } from "../engine/ground/finish";

/** A file on disk. */
export function sourceOfFile(path: string): TableSource {
  return {
    sizeBytes: statSync(path).size,
    tools: byteTools,
    open: () => createReadStream(path) as AsyncIterable<Uint8Array>,
  };
}

/** @throws EngineError as the readers do. */
export function openTableFile(path: string): Promise<OpenTable> {
  return finish(openTable(sourceOfFile(path), path));
}

/** @throws EngineError as the readers do. */
export async function readTableFile(path: string): Promise<ReadTable> {
  return (await openTableFile(path)).read;
}
