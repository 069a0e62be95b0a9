import { startsWith, viewOf } from "../bytes-of";
import type { FileHead } from "./file-head";

/** Boxes that hold the sizes, from the outside in, and how many bytes of their own come before the boxes in them. */
const WAY: readonly (readonly [name: string, own: number])[] = [
  ["meta", 4],
  ["iprp", 0],
  ["ipco", 0],
];

/**
 * The largest of the sizes that the file tells, which may be of parts of the picture or of its transparency: a bound for
 * what decoding may cost. ISO/IEC 23008-12, `ispe`.
 */
export function readAvif(bytes: Uint8Array): FileHead | null {
  let inside: Uint8Array | null = bytes;
  for (const [name, own] of WAY) {
    inside = inside && (boxes(inside, name)[0]?.subarray(own) ?? null);
  }
  if (!inside) return null;
  const isCut = endOf(bytes) > bytes.length;
  let largest: FileHead | null = null;
  for (const box of boxes(inside, "ispe")) {
    if (box.length < 12) continue;
    const view = viewOf(box);
    const size = { width: view.getUint32(4), height: view.getUint32(8), isCut };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** Contents of the boxes of this name. */
function boxes(bytes: Uint8Array, name: string): Uint8Array[] {
  return [...places(bytes)]
    .filter(([from]) => startsWith(bytes, name, from + 4))
    .map(([from, to]) => bytes.subarray(from + 8, to));
}

/** Where the last box ends, by what it says itself. */
function endOf(bytes: Uint8Array): number {
  return [...places(bytes)].at(-1)?.[1] ?? 0;
}

/** Where boxes begin and end: a size and a name of four bytes each, and content. */
function* places(bytes: Uint8Array): Generator<readonly [from: number, to: number]> {
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = view.getUint32(at);
    // 0: to the end of the file; 1: a size of 64 bits, which only the pixels of large pictures need.
    const end = size === 0 ? bytes.length : size === 1 ? largeEnd(view, at) : at + size;
    if (end < at + 8) return;
    yield [at, end];
    at = end;
  }
}

function largeEnd(view: DataView, at: number): number {
  return at + 16 <= view.byteLength ? at + Number(view.getBigUint64(at + 8)) : at;
}
