import type { Orientation } from "../../pixels/turn";
import { startsWith, viewOf } from "../bytes-of";
import type { FileHead } from "./file-head";

const APP1 = 0xe1;
/** The four of C0 to CF that begin no frame: tables of Huffman and arithmetic codes, and an extension. */
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc]);
const END = 0xd9;
const START_OF_SCAN = 0xda;

/** ITU-T T.81, annex B: segments of a marker, a length and content, of which one is the frame's header. */
export function readJpeg(bytes: Uint8Array): FileHead | null {
  const view = viewOf(bytes);
  let orientation: Orientation = 1;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // Any number of these may stand before a marker.
      continue;
    }
    if (marker === START_OF_SCAN) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker);
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { width, height, orientation, isCut: !hasEnd(bytes, at) };
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === APP1) orientation = orientationOf(bytes.subarray(at + 4, end)) ?? orientation;
    at = end;
  }
  return null;
}

/** No code for pixels has the bytes of the marker that ends the picture. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.lastIndexOf(END); at > from; at = bytes.lastIndexOf(END, at - 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const MOST_TAGS = 1000;

/** EXIF 2.32: a TIFF file, of which only the first directory is looked at. Null if it does not say. */
function orientationOf(segment: Uint8Array): Orientation | null {
  if (!startsWith(segment, "Exif\0\0")) return null;
  const tiff = segment.subarray(6);
  if (tiff.length < 8) return null;
  const view = viewOf(tiff);
  const isLittle = startsWith(tiff, "II*\0");
  if (!isLittle && !startsWith(tiff, "MM\0*")) return null;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return null;
  const count = Math.min(view.getUint16(directory, isLittle), MOST_TAGS);
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > tiff.length) return null;
    if (view.getUint16(at, isLittle) !== ORIENTATION_TAG) continue;
    if (view.getUint16(at + 2, isLittle) !== SHORT) return null;
    const value = view.getUint16(at + 8, isLittle);
    return isOrientation(value) ? value : null;
  }
  return null;
}

function isOrientation(value: number): value is Orientation {
  return Number.isInteger(value) && value >= 1 && value <= 8;
}
