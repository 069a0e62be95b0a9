import { startsWith, viewOf } from "../bytes-of";
import type { FileHead } from "./file-head";

/** https://developers.google.com/speed/webp/docs/riff_container, and RFC 6386 section 9.1 for lossy pictures. */
export function readWebp(bytes: Uint8Array): FileHead | null {
  if (bytes.length < 30) return null;
  const view = viewOf(bytes);
  const isCut = view.getUint32(4, true) + 8 > bytes.length;
  if (startsWith(bytes, "VP8X", 12)) {
    return { width: 1 + threeBytes(view, 24), height: 1 + threeBytes(view, 27), isCut };
  }
  if (startsWith(bytes, "VP8L", 12)) {
    const packed = view.getUint32(21, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff), isCut };
  }
  if (!startsWith(bytes, "VP8 ", 12) || !startsWith(bytes, "\x9d\x01\x2a", 23)) return null;
  const side = (at: number) => view.getUint16(at, true) & 0x3fff;
  return { width: side(26), height: side(28), isCut };
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
