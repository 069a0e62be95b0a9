/**
 * Chunks of any length as parts of one length, the last of which may be shorter; at least one, if
 * it is empty. Every part lies in the same memory: it is gone when the next is asked for.
 */
export async function* inParts(
  chunks: AsyncIterable<Uint8Array>,
  partBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const part = new Uint8Array(partBytes);
  let filled = 0;
  let isFirst = true;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.subarray(at, at + partBytes - filled);
      part.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < partBytes) continue;
      yield part;
      isFirst = false;
      filled = 0;
    }
  }
  if (isFirst || filled > 0) yield part.subarray(0, filled);
}
