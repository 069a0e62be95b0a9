import { EngineError } from "../../ground/errors";
import type { ZipEntry } from "./zip-records";

/** A file of which parts are read. */
export interface ReadInParts {
  readonly bytes: number;
  /** From the first byte to the one before `to`. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** An entry, and where its local record lies. */
export interface ListedEntry extends ZipEntry {
  readonly at: number;
  readonly isEncrypted: boolean;
}

const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
const RECORD_BYTES = 46;
const LOCAL_BYTES = 30;
/** Of a comment at the end. */
const MOST_COMMENT = 0xffff;
const FULL_16 = 0xffff;
const FULL_32 = 0xffff_ffff;
/** Of an entry: its record, a long path and what else may be said of it. */
const MOST_RECORD_BYTES = 4096;

const utf8 = new TextDecoder();

/**
 * What a zip says that it holds, without its folders, from its end alone: the zip itself is never read as a whole.
 *
 * @param most - Entries that it may have.
 * @throws EngineError `package_too_large` with `entries` and `most`; `bad_package` if it is no zip, or damaged.
 */
export async function readDirectory(file: ReadInParts, most: number): Promise<ListedEntry[]> {
  const { count, from, length } = await readEnd(file);
  if (count > most) {
    const message = `the zip has ${count} entries, ${most} are allowed`;
    throw new EngineError("package_too_large", message, { entries: count, most });
  }
  if (from + length > file.bytes || length > count * MOST_RECORD_BYTES) throw damaged();
  const bytes = await file.read(from, from + length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: ListedEntry[] = [];
  let place = 0;
  for (let i = 0; i < count; i++) {
    if (place + RECORD_BYTES > bytes.length || view.getUint32(place, true) !== 0x02014b50) {
      throw damaged();
    }
    const nameLength = view.getUint16(place + 28, true);
    const extraLength = view.getUint16(place + 30, true);
    const end = place + RECORD_BYTES + nameLength + extraLength + view.getUint16(place + 32, true);
    if (end > bytes.length) throw damaged();
    const nameFrom = place + RECORD_BYTES;
    const path = utf8.decode(bytes.subarray(nameFrom, nameFrom + nameLength));
    if (!/[\\/]$/.test(path)) {
      const large = largeNumbers(view, nameFrom + nameLength, extraLength);
      const wide = (offset: number) => {
        const value = view.getUint32(place + offset, true);
        return value === FULL_32 ? (large.shift() ?? value) : value;
      };
      const size = wide(24); // In the order in which what is larger than 4 GB is told.
      const packedBytes = wide(20);
      entries.push({
        ...{ path: path.replaceAll("\\", "/"), packedBytes, bytes: size, at: wide(42) },
        method: view.getUint16(place + 10, true),
        crc: view.getUint32(place + 16, true),
        isEncrypted: (view.getUint16(place + 8, true) & 1) === 1,
      });
    }
    place = end;
  }
  return entries;
}

/**
 * Where the packed bytes of an entry begin.
 *
 * @throws EngineError `bad_package` if there is no such entry.
 */
export async function packedFrom(
  file: ReadInParts,
  { at, packedBytes }: ListedEntry,
): Promise<number> {
  const head = await file.read(at, Math.min(file.bytes, at + LOCAL_BYTES));
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (head.length < LOCAL_BYTES || view.getUint32(0, true) !== 0x04034b50) throw damaged();
  const from = at + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  if (from + packedBytes > file.bytes) throw damaged();
  return from;
}

/** Where the directory lies. */
async function readEnd(file: ReadInParts) {
  const most = END_BYTES + LOCATOR_BYTES + MOST_COMMENT;
  const tailFrom = Math.max(0, file.bytes - most);
  const tail = await file.read(tailFrom, file.bytes);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let at = tail.length - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw damaged();
  const count = view.getUint16(at + 10, true);
  const length = view.getUint32(at + 12, true);
  const from = view.getUint32(at + 16, true);
  const isLarge = count === FULL_16 || length === FULL_32 || from === FULL_32;
  const locator = at - LOCATOR_BYTES;
  if (!isLarge || locator < 0 || view.getUint32(locator, true) !== 0x07064b50) {
    return { count, length, from };
  }
  const end = Number(view.getBigUint64(locator + 8, true));
  if (end + END_64_BYTES > file.bytes) throw damaged();
  const large = await file.read(end, end + END_64_BYTES);
  const wide = new DataView(large.buffer, large.byteOffset, large.length);
  if (wide.getUint32(0, true) !== 0x06064b50) throw damaged();
  const number = (offset: number) => Number(wide.getBigUint64(offset, true));
  return { count: number(32), length: number(40), from: number(48) };
}

/** The numbers that do not fit an entry's record. */
function largeNumbers(view: DataView, from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length;) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      const count = Math.floor(Math.min(size, from + length - at - 4) / 8);
      return Array.from({ length: count }, (_, i) =>
        Number(view.getBigUint64(at + 4 + 8 * i, true)),
      );
    }
    at += 4 + size;
  }
  return [];
}

function damaged(): EngineError {
  const reason = "the file is not a zip, or it is damaged; pack it again";
  return new EngineError("bad_package", reason);
}
