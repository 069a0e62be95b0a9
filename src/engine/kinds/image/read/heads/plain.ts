/** @file Sizes of the formats that tell them at a fixed place. */

import { startsWith, viewOf } from "../bytes-of";
import type { FileHead } from "./file-head";

/** https://www.w3.org/TR/png-3/#11IHDR */
export function readPng(bytes: Uint8Array): FileHead | null {
  if (!startsWith(bytes, "IHDR", 12) || bytes.length < 24) return null;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20), isCut: !hasEnd(bytes, view) };
}

/** Chunks are a length, a name, content and a checksum; the last one is `IEND`. */
function hasEnd(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (startsWith(bytes, "IEND", at + 4)) return true;
  }
  return false;
}

/**
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt, section 18: the screen that all frames lie on. Only the first frame is
 * of use, so that an end before the last one is none.
 */
export function readGif(bytes: Uint8Array): FileHead | null {
  if (bytes.length < 10) return null;
  const view = viewOf(bytes);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), isCut: false };
}

const OS2_HEADER = 12;
/** Ways to pack pixels that leave every row as long as the others: none, and colours by masks. */
const UNPACKED = new Set([0, 3, 6]);

/** The header of OS/2 has 12 bytes, those of Windows 40 or more; a negative height counts from the top. */
export function readBmp(bytes: Uint8Array): FileHead | null {
  if (bytes.length < 34) return null;
  const view = viewOf(bytes);
  const isOld = view.getUint32(14, true) === OS2_HEADER;
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isOld ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(isOld ? 24 : 28, true);
  const isUnpacked = isOld || UNPACKED.has(view.getUint32(30, true));
  const pixels = isUnpacked ? 4 * Math.ceil((width * bits) / 32) * height : 0;
  return { width, height, isCut: view.getUint32(10, true) + pixels > bytes.length };
}
