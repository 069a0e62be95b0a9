import type { CompressionCodec, FileMetaData } from "hyparquet";
import { compressors, decompressZstd } from "hyparquet-compressors";
import type { parquetHeader } from "hyparquet/src/column.js";

import { damaged } from "../cells/damaged";
import { crc32 } from "../../../../learnware/zip/crc32";

const CALLED = "Parquet file";
/** Of a page when it is unpacked. Those of real files have some MiB. */
const MOST_PAGE_BYTES = 1 << 28;
/** A column of one value takes few bytes, whatever its length; but not as few as this says. */
const ROWS_PER_BYTE = 2000;
const HARMLESS_ROWS = 1_000_000;

/** @throws EngineError `damaged_file` if the file claims more rows than its bytes can hold. */
export function requireSaneRows({ row_groups }: FileMetaData, bytes: number): void {
  const most = Math.max(HARMLESS_ROWS, ROWS_PER_BYTE * bytes);
  let rows = 0;
  for (const { num_rows } of row_groups) {
    rows += Number(num_rows);
    if (!isWithin(Number(num_rows), most) || rows > most)
      throw damaged(CALLED, `it claims ${rows} rows`);
  }
}

/**
 * Before memory is taken for what a page claims to hold.
 *
 * @throws EngineError `damaged_file`
 */
export function requireSanePage(
  header: ReturnType<typeof parquetHeader>,
  { view, offset }: { readonly view: DataView; readonly offset: number },
  rowsLeft: number,
): void {
  const { compressed_page_size, uncompressed_page_size } = header;
  if (!isWithin(uncompressed_page_size, MOST_PAGE_BYTES)) {
    throw damaged(CALLED, `a page claims ${uncompressed_page_size} bytes`);
  }
  if (!isWithin(compressed_page_size, view.byteLength - offset)) {
    throw damaged(CALLED, "a page goes beyond its column");
  }
  const words = header.dictionary_page_header?.num_values ?? 0;
  const values = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
  // A value of a dictionary has at least a bit.
  if (!isWithin(words, 8 * uncompressed_page_size) || !isWithin(values, rowsLeft)) {
    throw damaged(CALLED, "a page claims more values than there are");
  }
}

/** @throws EngineError `damaged_file` if there is a checksum and it is another. */
export function requireChecksum(page: Uint8Array, crc: number | undefined): void {
  if (crc !== undefined && crc >>> 0 !== crc32(page)) {
    throw damaged(CALLED, "the checksum of a page is wrong");
  }
}

/** @throws EngineError `damaged_file` if the codec is not known. */
export function unpackPage(codec: CompressionCodec, page: Uint8Array, length: number): Uint8Array {
  if (codec === "UNCOMPRESSED") return page;
  if (length === 0) return new Uint8Array();
  const unpack = codec === "ZSTD" ? unpackZstd : compressors[codec];
  if (!unpack) throw damaged(CALLED, `it is compressed with ${codec}`);
  const unpacked = unpack(page, length);
  if (unpacked.length !== length) throw damaged(CALLED, "a page has another length than it claims");
  return unpacked;
}

function unpackZstd(page: Uint8Array, length: number): Uint8Array {
  return decompressZstd(page, new Uint8Array(length));
}

function isWithin(count: number, most: number): boolean {
  return count >= 0 && count <= most;
}
