import type { AsyncBuffer, ColumnMetaData, SchemaElement, SchemaTree } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from "hyparquet/src/delta.js";
import { byteStreamSplit } from "hyparquet/src/encoding.js";
import { readPlain } from "hyparquet/src/plain.js";
import { readVarInt } from "hyparquet/src/thrift.js";

import { damaged } from "../cells/damaged";
import { requireChecksum, requireSanePage, unpackPage } from "./bounds";
import { readRuns } from "./runs";

const CALLED = "Parquet file";
/** Some writers did not count the head of a column's first page (PARQUET-816). */
const UNCOUNTED_BYTES = 100;

const UTF8 = new TextDecoder();

type Header = ReturnType<typeof parquetHeader>;
type Values = ArrayLike<unknown>;

/** A column and the way its values are to be understood. */
interface Leaf {
  readonly node: SchemaTree;
  readonly meta: ColumnMetaData;
  readonly areBytes: boolean;
}

/**
 * The values of one column in one group of rows, undefined where they are missing. The pages are gone through here, and not by the library,
 * which believes what they claim to hold and may never come to an end.
 *
 * @throws EngineError `damaged_file`
 */
export async function readChunk(file: AsyncBuffer, leaf: Leaf, rows: number): Promise<unknown[]> {
  const { dictionary_page_offset, data_page_offset, total_compressed_size } = leaf.meta;
  // Some writers say 0 where there is no dictionary.
  const hasDictionary = Number(dictionary_page_offset ?? 0) > 0;
  const start = Number(hasDictionary ? dictionary_page_offset : data_page_offset);
  const end = start + Number(total_compressed_size) + UNCOUNTED_BYTES;
  const chunk = await file.slice(start, Math.max(start, Math.min(end, file.byteLength)));
  const reader = { view: new DataView(chunk), offset: 0 };
  const column: unknown[] = [];
  let dictionary: Values | null = null;
  while (column.length < rows) {
    const header = parquetHeader(reader);
    requireSanePage(header, reader, rows - column.length);
    const page = new Uint8Array(chunk, reader.offset, header.compressed_page_size);
    requireChecksum(page, header.crc);
    reader.offset += header.compressed_page_size;
    if (header.dictionary_page_header) {
      const plain = unpackPage(leaf.meta.codec, page, header.uncompressed_page_size);
      dictionary = valuesOf(
        leaf,
        plainValues(leaf, plain, header.dictionary_page_header.num_values),
      );
    } else if (header.data_page_header) addPage(column, leaf, header, page, dictionary);
    else if (header.data_page_header_v2) addPageV2(column, leaf, header, page, dictionary);
    else if (header.type !== "INDEX_PAGE") throw damaged(CALLED, `a page of type ${header.type}`);
  }
  return column;
}

function addPage(
  column: unknown[],
  leaf: Leaf,
  header: Header,
  page: Uint8Array,
  dictionary: Values | null,
): void {
  const { num_values, encoding, definition_level_encoding } = header.data_page_header!;
  let body = unpackPage(leaf.meta.codec, page, header.uncompressed_page_size);
  let levels: Uint32Array | null = null;
  if (isOptional(leaf)) {
    if (definition_level_encoding !== "RLE") {
      throw damaged(CALLED, `levels are encoded as ${definition_level_encoding}`);
    }
    const length = viewOf(body).getUint32(0, true);
    levels = readRuns(body.subarray(4, 4 + length), 1, num_values);
    body = body.subarray(4 + length);
  }
  spread(column, leaf, { encoding, body, levels, count: num_values, dictionary });
}

function addPageV2(
  column: unknown[],
  leaf: Leaf,
  header: Header,
  page: Uint8Array,
  dictionary: Values | null,
): void {
  const { num_values, encoding, is_compressed, ...lengths } = header.data_page_header_v2!;
  const levelBytes = lengths.definition_levels_byte_length;
  const before = levelBytes + lengths.repetition_levels_byte_length;
  if (!(levelBytes >= 0 && before >= levelBytes && before <= page.length)) {
    throw damaged(CALLED, "levels go beyond their page");
  }
  const levels = isOptional(leaf)
    ? readRuns(page.subarray(before - levelBytes, before), 1, num_values)
    : null;
  const packed = page.subarray(before);
  const body = is_compressed
    ? unpackPage(leaf.meta.codec, packed, header.uncompressed_page_size - before)
    : packed;
  spread(column, leaf, { encoding, body, levels, count: num_values, dictionary });
}

interface Page {
  readonly encoding: string;
  readonly body: Uint8Array;
  /** 1 where there is a value; null if there is one in each row. */
  readonly levels: Uint32Array | null;
  readonly count: number;
  readonly dictionary: Values | null;
}

function spread(column: unknown[], leaf: Leaf, page: Page): void {
  const { levels, count } = page;
  const present = levels ? levels.reduce((sum, level) => sum + level, 0) : count;
  const values = present === 0 ? [] : decode(leaf, page, present);
  if (values.length < present) throw damaged(CALLED, "a page has too few values");
  let next = 0;
  for (let i = 0; i < count; i++) column.push(levels?.[i] === 0 ? undefined : values[next++]);
}

function decode(leaf: Leaf, { encoding, body, dictionary }: Page, count: number): Values {
  const { type } = leaf.meta;
  const reader = { view: viewOf(body), offset: 0 };
  switch (encoding) {
    case "PLAIN":
      return valuesOf(leaf, plainValues(leaf, body, count));
    case "PLAIN_DICTIONARY":
    case "RLE_DICTIONARY": {
      if (!dictionary) throw damaged(CALLED, "a dictionary is missing");
      const width = body[0] ?? 0;
      const codes = width === 0 ? new Uint32Array(count) : readRuns(body.subarray(1), width, count);
      return Array.from(codes, (code) => {
        if (code < dictionary.length) return dictionary[code];
        throw damaged(CALLED, "a value is not in its dictionary");
      });
    }
    case "RLE":
      return Array.from(readRuns(body.subarray(4), 1, count), (bit) => bit === 1);
    case "BYTE_STREAM_SPLIT":
      return valuesOf(leaf, byteStreamSplit(reader, count, type, leaf.node.element.type_length));
    case "DELTA_BINARY_PACKED": {
      requireSaneDelta(body);
      const numbers = type === "INT32" ? new Int32Array(count) : new BigInt64Array(count);
      deltaBinaryUnpack(reader, count, numbers);
      return valuesOf(leaf, numbers);
    }
    case "DELTA_LENGTH_BYTE_ARRAY":
    case "DELTA_BYTE_ARRAY": {
      requireSaneDelta(body);
      const texts = new Array<Uint8Array>(count);
      (encoding === "DELTA_BYTE_ARRAY" ? deltaByteArray : deltaLengthByteArray)(
        reader,
        count,
        texts,
      );
      return valuesOf(leaf, texts);
    }
    default:
      throw damaged(CALLED, `values are encoded as ${encoding}`);
  }
}

/** @throws EngineError `damaged_file` if blocks are not as they have to be. */
function requireSaneDelta(body: Uint8Array): void {
  const reader = { view: viewOf(body), offset: 0 };
  const block = readVarInt(reader);
  const parts = readVarInt(reader);
  if (!(parts > 0 && block > 0 && block <= 1 << 20 && block % parts === 0)) {
    throw damaged(CALLED, `blocks of ${block} values in ${parts} parts`);
  }
}

type Decoded = Parameters<typeof convert>[0];

function plainValues({ node, meta }: Leaf, body: Uint8Array, count: number): Decoded {
  return readPlain({ view: viewOf(body), offset: 0 }, meta.type, count, node.element.type_length);
}

function valuesOf({ node, meta, areBytes }: Leaf, values: Decoded): Values {
  return convert(values, {
    ...{ pathInSchema: node.path, type: meta.type, element: node.element, schemaPath: [node] },
    ...{ codec: meta.codec, utf8: !areBytes },
    parsers: { ...DEFAULT_PARSERS, jsonFromBytes: (bytes) => UTF8.decode(bytes) },
  });
}

function isOptional({ node }: Leaf): boolean {
  return isOptionalElement(node.element);
}

function isOptionalElement({ repetition_type }: SchemaElement): boolean {
  return repetition_type === "OPTIONAL";
}

/** A view of bytes that claims no others. */
function viewOf(bytes: Uint8Array): DataView<ArrayBuffer> {
  const { buffer, byteOffset, length } =
    bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
  return new DataView(buffer as ArrayBuffer, byteOffset, length);
}
