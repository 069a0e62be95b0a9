import { EngineError } from "../../../../ground/errors";
import { eightBit, type TextPlan } from "./encoding/encoding";
import { mended } from "./encoding/windows-1252";
import type { ByteTools, TableSource, TextDecoding } from "../source";

/** Largest piece decoded at once, so that a job can be stopped between pieces. */
const PIECE_BYTES = 1 << 19;

export interface TextPiece {
  readonly text: string;
  /** Bytes of the stored file that were taken in so far. */
  readonly bytesDone: number;
  /** Bytes, decompressed, up to the end of this piece, and the last of them. */
  readonly bytesRead: number;
  readonly last: Uint8Array;
  /** Characters lost in this piece: undecodable bytes and NULs. */
  readonly replaced: number;
  /** Nothing beyond ASCII is in it, for sure. */
  readonly isAscii: boolean;
}

/** Thrown when a strict plan meets bytes that do not fit; says how to read the file instead. */
export class PlanFailed extends Error {
  override readonly name = "PlanFailed";
  readonly next: TextPlan;

  constructor(next: TextPlan) {
    super("the bytes do not fit the encoding of the head");
    this.next = next;
  }
}

/**
 * The stored bytes of a file, decompressed if need be.
 *
 * @throws EngineError `bad_compression` if the gzip stream is broken.
 */
export async function* bytesOf(
  source: TableSource,
  isGzip: boolean,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const counted = countBytes(source.open(), count);
  if (!isGzip) {
    yield* counted;
    return;
  }
  // Errors of the file itself (it was moved, say) must not pass for bad compression.
  let broken: { readonly cause: unknown } | null = null;
  const guarded = (async function* () {
    try {
      yield* counted;
    } catch (cause) {
      broken = { cause };
      throw cause;
    }
  })();
  try {
    yield* source.tools.gunzip(guarded);
  } catch (cause) {
    const failed = broken as { readonly cause: unknown } | null;
    if (failed) throw failed.cause;
    throw new EngineError(
      "bad_compression",
      "this gzip file is damaged or was cut off, so it cannot be decompressed. Download or compress it again.",
      {},
      { cause },
    );
  }
}

/**
 * The text of a file in pieces, without its byte order mark and without NUL characters.
 *
 * @throws PlanFailed if the plan is strict and the bytes do not fit it.
 * @throws EngineError `bad_compression` if the gzip stream is broken.
 */
export async function* textOf(source: TableSource, plan: TextPlan): AsyncGenerator<TextPiece> {
  let bytesDone = 0;
  let bytesRead = 0;
  let toSkip: number = plan.bomBytes;
  let isPureAscii = true;
  const decoding = source.tools.decoding(plan.encoding, plan.isStrict);
  const bytes = bytesOf(source, plan.isGzip, (count) => (bytesDone += count));
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      const whole = chunk.subarray(from, from + PIECE_BYTES);
      const piece = whole.subarray(Math.min(toSkip, whole.length));
      toSkip -= whole.length - piece.length;
      const text = decodeOrFail(source.tools, decoding, piece, true, plan, isPureAscii);
      const isAscii = text.length === piece.length && plan.encoding === "utf-8";
      isPureAscii &&= text.length === piece.length;
      bytesRead += whole.length;
      yield { ...clean(text, plan, isAscii), isAscii, bytesDone, bytesRead, last: piece };
    }
  }
  const rest = decodeOrFail(source.tools, decoding, new Uint8Array(0), false, plan, isPureAscii);
  const isAscii = rest === "";
  const none = new Uint8Array(0);
  yield { ...clean(rest, plan, isAscii), isAscii, bytesDone, bytesRead, last: none };
}

function decodeOrFail(
  tools: ByteTools,
  decoding: TextDecoding,
  piece: Uint8Array,
  more: boolean,
  plan: TextPlan,
  isPureAscii: boolean,
): string {
  try {
    return decoding.decode(piece, more);
  } catch {
    // A strict decoder throws on nothing but bytes that do not fit. Plain ASCII so far: the file
    // is in an older encoding. Otherwise it was UTF-8 all along and has a few bad bytes.
    const isOpen = plan.encoding === "utf-8" && plan.bomBytes === 0 && isPureAscii && more;
    throw new PlanFailed({ ...plan, ...(isOpen && eightBit(piece, tools)), isStrict: false });
  }
}

function clean(
  decoded: string,
  plan: TextPlan,
  isAscii: boolean,
): { text: string; replaced: number } {
  const text = isAscii ? decoded : mended(decoded, plan.encoding);
  const lost = plan.isStrict ? 0 : countOf(text, "\ufffd");
  const zeros = countOf(text, "\0");
  return { text: zeros > 0 ? withoutZeros(text) : text, replaced: lost + zeros };
}

/** Some programs write a zero before a quotation mark that is part of a cell. */
export function withoutZeros(text: string): string {
  return text.replaceAll('\0"', '""').replaceAll("\0", "");
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++;
  return count;
}

async function* countBytes(
  chunks: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}
