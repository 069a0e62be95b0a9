/** The largest file that is read; that of an island with a million learnwares is smaller. */
export const MOST_BYTES = 512 * 1024 * 1024;

/** All bytes of a file; null if there are more than there may be. */
export async function readAll(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes = MOST_BYTES,
): Promise<Buffer<ArrayBuffer> | null> {
  const read: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBytes) return null;
    read.push(chunk);
  }
  return Buffer.concat(read);
}
