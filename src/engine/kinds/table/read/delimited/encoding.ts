import { EngineError } from "../../../../ground/errors";
import { refusal } from "./format";
import type { TableDialect } from "../../columns/profile";
import type { ByteTools } from "../source";

export type Encoding = TableDialect["encoding"];

/** How to turn the bytes of a file into text. */
export interface TextPlan {
  readonly isGzip: boolean;
  readonly encoding: Encoding;
  readonly bomBytes: 0 | 2 | 3;
  /** Refuse bytes that do not fit; otherwise they become U+FFFD. */
  readonly isStrict: boolean;
}

/**
 * The encoding of a file, from its byte order mark, or else from its first bytes: UTF-16 has zeros
 * in every other place; UTF-8 is rarely valid by accident; in GB18030 high bytes come in pairs.
 *
 * @param head - First bytes after decompression, at least 4 KiB of them if there are so many.
 * @throws EngineError `bad_encoding` for UTF-32.
 * @throws EngineError `binary_file` if zeros and control characters say that this is no text.
 */
export function sniffEncoding(
  head: Uint8Array,
  tools: ByteTools,
): { readonly encoding: Encoding; readonly bomBytes: 0 | 2 | 3 } {
  const [a, b, c] = head;
  if (isUtf32(head)) {
    throw new EngineError(
      "bad_encoding",
      "this file is written in UTF-32, which is not read here. Save it as UTF-8 and open that.",
      { encoding: "UTF-32" },
    );
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", bomBytes: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", bomBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", bomBytes: 2 };
  const wide = sniffZeros(head);
  if (wide) return { encoding: wide, bomBytes: 0 };
  const encoding = isUtf8(head, tools) ? "utf-8" : sniffLegacy(head);
  return { encoding, bomBytes: 0 };
}

/** GB18030 or Windows-1252, for bytes that are not UTF-8. */
export function sniffLegacy(bytes: Uint8Array): "gb18030" | "windows-1252" {
  let high = 0;
  let paired = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    high++;
    const next = bytes[i + 1] ?? 0;
    if (bytes[i]! >= 0xa1 && bytes[i]! <= 0xf7 && next >= 0xa1 && next <= 0xfe) {
      high++;
      paired += 2;
      i++;
    }
  }
  return high > 0 && paired >= 0.8 * high ? "gb18030" : "windows-1252";
}

function isUtf8(head: Uint8Array, tools: ByteTools): boolean {
  try {
    tools.decoding("utf-8", true).decode(head, true);
    return true;
  } catch {
    return false; // A strict decoder throws on nothing but bytes that do not fit.
  }
}

function isUtf32([a, b, c, d]: Uint8Array): boolean {
  return (
    (a === 0xff && b === 0xfe && c === 0 && d === 0) ||
    (a === 0 && b === 0 && c === 0xfe && d === 0xff)
  );
}

function sniffZeros(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(head.length, 65_536) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > 0.4 * half && even < 0.02 * half) return "utf-16le";
  if (even > 0.4 * half && odd < 0.02 * half) return "utf-16be";
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 27)).length;
  if (even + odd > 8 + 0.005 * length || controls > 8 + 0.02 * head.length) {
    throw refusal("binary_file", "binary data");
  }
  return null;
}
