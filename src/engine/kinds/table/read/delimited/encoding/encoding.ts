import { EngineError } from "../../../../../ground/errors";
import { refusal } from "../format";
import type { Encoding } from "../../../columns/profile";
import type { ByteTools } from "../../source";
import { sniffLegacy } from "./legacy";

/** How to turn the bytes of a file into text. */
export interface TextPlan {
  readonly isGzip: boolean;
  readonly encoding: Encoding;
  /** Others that the bytes allow as well. */
  readonly others: readonly Encoding[];
  readonly bomBytes: 0 | 2 | 3;
  /** Refuse bytes that do not fit; otherwise they become U+FFFD. */
  readonly isStrict: boolean;
}

/**
 * The encoding of a file, from its byte order mark, or else from its first bytes: UTF-16 has zeros
 * in every other place; UTF-8 is rarely valid by accident; of older ones that in which the bytes are a text.
 *
 * @param head - First bytes after decompression, at least 4 KiB of them if there are so many.
 * @param told - By the user: nothing is found out then.
 * @throws EngineError `bad_encoding` for UTF-32 and ISO-2022-JP.
 * @throws EngineError `binary_file` if zeros and control characters say that this is no text.
 */
export function sniffEncoding(
  head: Uint8Array,
  tools: ByteTools,
  told?: Encoding,
): Pick<TextPlan, "encoding" | "others" | "bomBytes"> {
  const [a, b, c] = head;
  if (told !== undefined && !isUtf32(head)) {
    const others = told === "utf-8" ? [] : (["utf-8"] as const);
    return { encoding: told, others, bomBytes: bomOf(head, told) };
  }
  if (isUtf32(head)) {
    throw new EngineError(
      "bad_encoding",
      "this file is written in UTF-32, which is not read here. Save it as UTF-8 and open that.",
      { encoding: "UTF-32" },
    );
  }
  if (isIso2022(head)) {
    throw new EngineError(
      "bad_encoding",
      "this file is written in ISO-2022-JP, which is not read here. Save it as UTF-8 and open that.",
      { encoding: "ISO-2022-JP" },
    );
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", others: [], bomBytes: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", others: [], bomBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", others: [], bomBytes: 2 };
  const wide = sniffZeros(head);
  if (wide) return { encoding: wide, others: [], bomBytes: 0 };
  if (isUtf8(head, tools)) return { encoding: "utf-8", others: [], bomBytes: 0 };
  return { ...eightBit(head, tools), bomBytes: 0 };
}

/** UTF-8 with a few bad bytes in it, or an older encoding, for bytes that are not UTF-8 throughout. */
export function eightBit(
  bytes: Uint8Array,
  tools: ByteTools,
): Pick<TextPlan, "encoding" | "others"> {
  const text = tools.decoding("utf-8", false).decode(bytes, true);
  const bad = text.match(/\ufffd+/g)?.length ?? 0;
  const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  // Sequences of UTF-8 are hardly ever there by accident.
  if (good > 0 && bad <= Math.max(1, 0.1 * good)) return { encoding: "utf-8", others: [] };
  const { encoding, others } = sniffLegacy(bytes, tools);
  return { encoding, others };
}

function isUtf8(head: Uint8Array, tools: ByteTools): boolean {
  try {
    tools.decoding("utf-8", true).decode(head, true);
    return true;
  } catch {
    return false; // A strict decoder throws on nothing but bytes that do not fit.
  }
}

function bomOf([a, b, c]: Uint8Array, encoding: Encoding): 0 | 2 | 3 {
  if (encoding === "utf-8") return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  if (encoding === "utf-16le") return a === 0xff && b === 0xfe ? 2 : 0;
  return encoding === "utf-16be" && a === 0xfe && b === 0xff ? 2 : 0;
}

function isUtf32([a, b, c, d]: Uint8Array): boolean {
  return (
    (a === 0xff && b === 0xfe && c === 0 && d === 0) ||
    (a === 0 && b === 0 && c === 0xfe && d === 0xff)
  );
}

/** Escapes to Japanese letters and back, and nothing beyond ASCII: mail programs wrote so. */
function isIso2022(head: Uint8Array): boolean {
  const at = head.indexOf(0x1b);
  const isEscape =
    at >= 0 && head[at + 1] === 0x24 && (head[at + 2] === 0x42 || head[at + 2] === 0x40);
  return isEscape && !head.some((byte) => byte > 0x7f);
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
  let controls = 0;
  for (const byte of head) {
    if (byte < 9 || (byte > 13 && byte < 27)) controls++;
  }
  if (even + odd > 8 + 0.005 * length || controls > 8 + 0.02 * head.length) {
    throw refusal("binary_file", "binary data");
  }
  return null;
}
