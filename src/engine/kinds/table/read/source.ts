import { concatenate } from "../../../ground/bytes";

/** Turns the bytes of one stream into text, piece by piece. */
export interface TextDecoding {
  /**
   * @param more - False at the end of the stream.
   * @throws When it is strict and the bytes do not fit the encoding.
   */
  decode(bytes: Uint8Array, more: boolean): string;
}

/** What the engine needs of its surroundings to read bytes as text; a browser and Node both have it. */
export interface ByteTools {
  /** Never drops a byte order mark. Not strict: bytes that do not fit become U+FFFD. */
  decoding(encoding: string, isStrict: boolean): TextDecoding;
  /** @throws From its iteration, if the bytes are not a whole gzip stream. */
  gunzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** The bytes of a file, plain or gzip, which can be read several times. */
export interface TableSource {
  readonly sizeBytes: number;
  readonly tools: ByteTools;
  /** A new pass. @param from - The first byte of it; that of the file if left out. */
  open(from?: number): AsyncIterable<Uint8Array>;
}

/** A source from bytes that are already in memory. */
export function sourceOfBytes(bytes: Uint8Array, tools: ByteTools): TableSource {
  return {
    sizeBytes: bytes.length,
    tools,
    async *open(from = 0) {
      yield bytes.subarray(from);
    },
  };
}

/** Some of the bytes, from the first to the one before `to`; fewer where the file ends before. */
export async function bytesBetween(
  source: Pick<TableSource, "open">,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let left = to - from;
  for await (const part of source.open(from)) {
    parts.push(part.slice(0, left));
    left -= parts.at(-1)!.length;
    if (left === 0) break;
  }
  return concatenate(parts);
}
