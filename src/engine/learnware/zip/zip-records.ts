import { concatenate } from "../../ground/bytes";

/** How the bytes of an entry are packed: as they are, or deflated. Others are not read. */
export const METHODS = { stored: 0, deflated: 8 } as const;

/** What a zip says of one of its files. */
export interface ZipEntry {
  readonly path: string;
  readonly method: number;
  /** Of its unpacked bytes. */
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

const VERSION = 20;
const VERSION_64 = 45;
/** Paths are UTF-8. */
const FLAGS = 0x800;
/** 1 January 2000: equal content gives equal bytes. */
const DATE = (20 << 9) | (1 << 5) | 1;
const FULL_16 = 0xffff;
const FULL_32 = 0xffff_ffff;

const utf8 = new TextEncoder();

/** What stands before the packed bytes of an entry. */
export function localRecord({ path, method, crc, packedBytes, bytes }: ZipEntry) {
  const name = utf8.encode(path);
  const head = fields([
    [4, 0x04034b50],
    ...both(VERSION, method, crc, packedBytes, bytes),
    [2, name.length],
    [2, 0],
  ]);
  return concatenate([head, name]);
}

/**
 * What stands at the end of a zip. Beyond 4 GB or 65 534 entries it is one of ZIP64.
 *
 * @param entries - With where the local record of each lies; none has 4 GB itself.
 * @param from - Where this comes to lie.
 */
export function directoryRecords(
  entries: readonly (ZipEntry & { readonly at: number })[],
  from: number,
): Uint8Array<ArrayBuffer> {
  const directory = concatenate(entries.map(directoryRecord));
  const { length: count } = entries;
  const isLarge = count >= FULL_16 || from + directory.length >= FULL_32;
  const large = isLarge
    ? [
        fields([
          [4, 0x06064b50],
          [8, 44],
          [2, VERSION_64],
          [2, VERSION_64],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
          [8, directory.length],
          [8, from],
        ]),
        fields([
          [4, 0x07064b50],
          [4, 0],
          [8, from + directory.length],
          [4, 1],
        ]),
      ]
    : [];
  const end = fields([
    [4, 0x06054b50],
    [4, 0],
    [2, Math.min(count, FULL_16)],
    [2, Math.min(count, FULL_16)],
    [4, Math.min(directory.length, FULL_32)],
    [4, Math.min(from, FULL_32)],
    [2, 0],
  ]);
  return concatenate([directory, ...large, end]);
}

function directoryRecord(entry: ZipEntry & { readonly at: number }): Uint8Array<ArrayBuffer> {
  const { path, method, crc, packedBytes, bytes, at } = entry;
  const name = utf8.encode(path);
  const isFar = at >= FULL_32;
  const extra = isFar
    ? fields([
        [2, 1],
        [2, 8],
        [8, at],
      ])
    : new Uint8Array();
  const version = isFar ? VERSION_64 : VERSION;
  const head = fields([
    [4, 0x02014b50],
    [2, version],
    ...both(version, method, crc, packedBytes, bytes),
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [4, 0],
    [4, 0],
    [4, Math.min(at, FULL_32)],
  ]);
  return concatenate([head, name, extra]);
}

/** What both records of an entry hold alike. */
function both(
  version: number,
  method: number,
  crc: number,
  packedBytes: number,
  bytes: number,
): Field[] {
  return [
    [2, version],
    [2, FLAGS],
    [2, method],
    [2, 0],
    [2, DATE],
    [4, crc],
    [4, packedBytes],
    [4, bytes],
  ];
}

type Field = readonly [bytes: 2 | 4 | 8, value: number];

/** Numbers one after another, the lowest byte first. */
function fields(numbers: readonly Field[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(numbers.reduce((sum, [bytes]) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [bytes, value] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return out;
}
