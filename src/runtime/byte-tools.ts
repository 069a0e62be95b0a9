import { gunzip } from "./gunzip";
import type { ByteTools } from "../engine/kinds/table/read/source";
import { decoding } from "./text-decoding";

/** Decoding and decompression as browsers, workers and Node offer them. */
export const byteTools: ByteTools = {
  decoding,
  gunzip,
};

/** The chunks of a stream, which is cancelled if they are not all taken. */
export async function* streamChunks(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    isDone = true;
  } finally {
    if (!isDone) await reader.cancel().catch(() => undefined); // A failed stream rejects; it is over either way.
  }
}
