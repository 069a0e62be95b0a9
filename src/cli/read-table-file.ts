import { createReadStream, statSync } from "node:fs";

import type { ReadOptions } from "../engine/kinds/table/read/reader";
import type { TableSource } from "../engine/kinds/table/read/source";
import { byteTools } from "../runtime/byte-tools";
import { openAnyTable } from "../engine/kinds/table/read/every-format";
import type { OpenTable } from "../engine/kinds/table/read/index";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { finish } from "../engine/ground/finish";

/** A file on disk. */
export function sourceOfFile(path: string): TableSource {
  return {
    sizeBytes: statSync(path).size,
    tools: byteTools,
    open: (from = 0) => createReadStream(path, { start: from }) as AsyncIterable<Uint8Array>,
  };
}

/** @throws EngineError as the readers do. */
export function openTableFile(path: string, choice: ReadOptions = {}): Promise<OpenTable> {
  return finish(openAnyTable(sourceOfFile(path), path, choice));
}

/** @throws EngineError as the readers do. */
export async function readTableFile(path: string, choice: ReadOptions = {}): Promise<ReadTable> {
  return (await openTableFile(path, choice)).read;
}
