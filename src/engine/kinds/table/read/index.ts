/** @file The file formats that tables are read from. Nothing else names one. */

import type { Steps } from "../../../ground/progress";
import type { AddedColumn } from "../../added-column";
import type { ReadTable } from "../columns/typed-table";
import { delimitedReader } from "./delimited/delimited-reader";
import type { ReadOptions, Sink, TableReader, TableStream } from "./reader";
import type { ByteTools, TableSource } from "./source";

/** In the order in which they are asked. */
export const tableReaders = [delimitedReader] as const;

/** Bytes that tell a format. */
const HEAD_BYTES = 8192;

/** A table that was read from a file, and the way back into it. */
export interface OpenTable {
  readonly read: ReadTable;
  /** Of what `write` writes. */
  readonly mediaType: string;
  /** The file again with columns added, as its reader does. */
  readonly write: (added: readonly AddedColumn[], sink: Sink) => Steps<void>;
}

/**
 * Read a table by the first reader that recognises it; what none does is left to the last, which says what it is.
 *
 * @param name - Of the file.
 * @throws EngineError as the readers do.
 */
export async function* openTable(
  source: TableSource,
  name: string,
  options: ReadOptions = {},
): Steps<OpenTable> {
  const head = await headOf(source);
  const reader = tableReaders.find((one) => one.recognises(head, name)) ?? delimitedReader;
  return yield* openBy(reader, source, options);
}

async function* openBy<File>(
  reader: TableReader<File>,
  source: TableSource,
  options: ReadOptions,
): Steps<OpenTable> {
  const read = yield* reader.read(source, options);
  return {
    read,
    mediaType: reader.mediaType,
    write: (added, sink) => reader.write(source, read.file, added, sink),
  };
}

/** A table that is gone through in blocks. Formats that can only be read from a whole file are not asked. */
export interface StreamedTable extends TableStream<unknown> {
  /** The file again with columns added. @param rows - How many the table has. */
  readonly write: (
    source: TableSource,
    rows: number,
    added: readonly AddedColumn[],
    sink: Sink,
  ) => Steps<void>;
}

/** @throws EngineError as the readers do. */
export async function streamTable(
  bytes: AsyncIterable<Uint8Array>,
  tools: ByteTools,
): Promise<StreamedTable> {
  const stream = await delimitedReader.stream!(bytes, tools);
  return {
    ...stream,
    write: (source, rows, added, sink) =>
      delimitedReader.write(source, { ...stream.head.file, rows }, added, sink),
  };
}

async function headOf(source: TableSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source.open()) {
    parts.push(part.subarray(0, HEAD_BYTES - length));
    length += parts.at(-1)!.length;
    if (length === HEAD_BYTES) break;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    head.set(part, at);
    at += part.length;
  }
  return head;
}
