import { createReadStream, statSync } from "node:fs";

import type { ReadOptions } from "../engine/kinds/table/read/reader";
import type { TableSource } from "../engine/kinds/table/read/source";
import { byteTools } from "../runtime/byte-tools";
import { openAnyTable } from "../engine/kinds/table/read/every-format";
import type { OpenTable } from "../engine/kinds/table/read/index";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { EngineError } from "../engine/ground/errors";
import { finish } from "../engine/ground/finish";

/** A file on disk. @throws EngineError `bad_parameter` if it is a folder. */
export function sourceOfFile(path: string): TableSource {
  const stat = statSync(path);
  if (stat.isDirectory()) {
    const message = `${path} is a folder: give a table (a file). Folders of pictures and of texts are read by spec, train and predict, with --kind image or --kind text`;
    throw new EngineError("bad_parameter", message);
  }
  return {
    sizeBytes: stat.size,
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
