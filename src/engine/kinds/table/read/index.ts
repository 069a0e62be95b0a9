/** @file Tables from files. Delimited text is always at hand; `formats.ts` names the other formats. */

import { concatenate } from "../../../ground/bytes";
import { EngineError } from "../../../ground/errors";
import type { Steps } from "../../../ground/progress";
import type { AddedColumn } from "../../added-column";
import type { ColumnType } from "../columns/column";
import type { TableProfile } from "../columns/profile";
import { type ReadTable, retype } from "../columns/typed-table";
import { typedBefore } from "./as-before";
import { choiceRefused } from "./choice-refused";
import type { KindedTable } from "./cells/cell-table";
import { latin1 } from "./cells/latin1";
import { tooLarge } from "./cells/whole-text";
import { isGzip, refusal } from "./delimited/format";
import { delimitedReader } from "./delimited/delimited-reader";
import { isOfLines, LINES } from "./lines/is-of-lines";
import type { ReadOptions, Sink, TableReader, TableStream } from "./reader";
import { type ByteTools, bytesBetween, sourceOfBytes, type TableSource } from "./source";

/** Bytes that tell a format. */
const HEAD_BYTES = 1 << 16;
/** Of a file in another format within gzip, which is held as a whole. */
const MOST_UNPACKED_BYTES = 1 << 29;
/** Names in a message. */
const MOST_LISTED = 20;

/** Readers of formats beside delimited text, in the order in which they are asked. */
export type OtherReaders = () => Promise<readonly TableReader<KindedTable>[]>;

/** A table that was read from a file, and the way back into it. */
export interface OpenTable {
  readonly read: ReadTable;
  /** Some rows as they are written, as its reader reads them. */
  readonly texts: (from: number, to: number) => Steps<readonly (readonly string[])[]>;
  /** Of what `write` writes. */
  readonly mediaType: string;
  /** The file again with columns added, as its reader does. */
  readonly write: (
    added: readonly AddedColumn[],
    sink: Sink,
    onlyEmpty?: number | null,
  ) => Steps<void>;
}

/**
 * Read a table: as delimited text, or what is refused as such by the first of the others that recognises it.
 *
 * @param name - Of the file.
 * @param others - Left out, delimited text alone is read.
 * @throws EngineError as the readers do.
 */
export async function* openTable(
  source: TableSource,
  name: string,
  options: ReadOptions = {},
  others?: OtherReaders,
): Steps<OpenTable> {
  const areLines = await isOfLines(source, name, options);
  try {
    if (await isJson(source, name)) throw refusal("unsupported_format", "JSON file");
    if (areLines) throw refusal("unsupported_format", "text with one text a line");
    return yield* openBy(delimitedReader, source, options);
  } catch (error) {
    if (!others || !(error instanceof EngineError) || error.code !== "unsupported_format")
      throw error;
    const plain = await unpacked(source);
    const head = await bytesBetween(plain, 0, HEAD_BYTES);
    const reader = (await others()).find((one) =>
      areLines ? one.format === LINES : one.recognises(head, name.replace(/\.gz$/i, "")),
    );
    if (!reader) throw error;
    return yield* openBy(reader, plain, options);
  }
}

/** By its name where its beginning allows it: what was cut off may look like delimited text. */
async function isJson(source: TableSource, name: string): Promise<boolean> {
  if (!/\.json$/i.test(name)) return false;
  return /^(?:\xef\xbb\xbf)?\s*[[{]/.test(latin1(await bytesBetween(source, 0, 64)));
}

/** The file itself or, if it is gzip, what it holds: other formats are not read from one end to the other. */
async function unpacked(source: TableSource): Promise<TableSource> {
  if (!isGzip(await bytesBetween(source, 0, 2))) return source;
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of source.tools.gunzip(source.open())) {
      length += part.length;
      if (length > MOST_UNPACKED_BYTES) break;
      parts.push(part);
    }
  } catch (cause) {
    const reason = "the compressed file is damaged or cut off; compress it again";
    throw new EngineError("bad_compression", reason, {}, { cause });
  }
  if (length > MOST_UNPACKED_BYTES) throw tooLarge("gzip file", MOST_UNPACKED_BYTES);
  return sourceOfBytes(concatenate(parts), source.tools);
}

async function* openBy<File>(
  reader: TableReader<File>,
  source: TableSource,
  options: ReadOptions,
): Steps<OpenTable> {
  requireOrder(options);
  const told = retyped(yield* reader.read(source, options), options.types ?? {});
  const read = typedBefore(told, options);
  requireSheet(read.profile, options.sheet, reader.format);
  return {
    read: { ...read, profile: { ...read.profile, format: reader.format } },
    texts: (from, to) => reader.texts(source, read.file, from, to),
    mediaType: reader.mediaType,
    write: (added, sink, onlyEmpty) => reader.write(source, read.file, added, sink, onlyEmpty),
  };
}

/** @throws EngineError `choice_not_possible` if the first row is told to stand no lower than the names. */
function requireOrder({ headerLine, firstLine }: ReadOptions): void {
  if (headerLine === undefined || firstLine === undefined || firstLine > headerLine) return;
  throw choiceRefused("first-row", firstLine, `it is not below the names, in line ${headerLine}`);
}

/** @throws EngineError `choice_not_possible` if another sheet was read than the one that was told. */
function requireSheet(profile: TableProfile, told: string | undefined, format: string): void {
  const { sheets, sheet } = profile;
  if (told === undefined || told === sheet) return;
  const there = sheets
    ? `no sheet has this name; there are ${listOf(sheets)}`
    : `a ${format} file has no sheets`;
  throw choiceRefused("sheet", told, there);
}

function listOf(names: readonly string[]): string {
  const more = names.length > MOST_LISTED ? ", …" : "";
  return names.slice(0, MOST_LISTED).join(", ") + more;
}

/** @throws EngineError `choice_not_possible` or `type_not_possible`. */
function retyped<File>(
  read: ReadTable<File>,
  types: Readonly<Record<string, ColumnType>>,
): ReadTable<File> {
  return Object.entries(types).reduce((table, [name, type]) => {
    const names = table.profile.columns.map((column) => column.name);
    const index = names.indexOf(name);
    if (index < 0) {
      const why = `no column has this name; there are ${listOf(names)}`;
      throw choiceRefused("type", `${name}=${type}`, why);
    }
    return retype(table, index, type);
  }, read);
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
  options: ReadOptions = {},
): Promise<StreamedTable> {
  if (options.types) {
    throw new EngineError(
      "bad_parameter",
      "types of columns cannot be told of a table in a stream",
    );
  }
  if (options.sheet !== undefined) {
    throw choiceRefused("sheet", options.sheet, "a table in a stream has no sheets");
  }
  requireOrder(options);
  const stream = await delimitedReader.stream!(bytes, tools, options);
  return {
    ...stream,
    write: (source, rows, added, sink) =>
      delimitedReader.write(source, { ...stream.head.file, rows }, added, sink),
  };
}
