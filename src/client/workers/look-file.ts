import lookUrl from "../../engine/kinds/image/look-1.onnx?url";

import { AppError } from "../../contracts/outcome";
import { concatenate } from "../../engine/ground/bytes";
import type { Progress } from "../../engine/ground/progress";
import { LOOK } from "../../engine/kinds/image/look";
import { sha256Of } from "../storage/sha256";

/**
 * The file of the embedder of pictures, fetched when the first picture is about to be embedded. Progress counts bytes.
 *
 * @throws AppError `network_failed`; `hash_mismatch` if it is another file.
 */
export async function fetchLook(
  onProgress?: (progress: Progress) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const total = LOOK.file.bytes;
  const parts: Uint8Array[] = [];
  let done = 0;
  try {
    const response = await fetch(lookUrl);
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value);
      done += read.value.length;
      onProgress?.({ stage: "download", done: Math.min(done, total), total });
    }
  } catch (cause) {
    throw new AppError("network_failed", "the embedder could not be fetched", {}, { cause });
  }
  const bytes = concatenate(parts);
  if ((await sha256Of(bytes)) !== LOOK.mark.sha256) {
    throw new AppError("hash_mismatch", "the embedder is another file than it should be");
  }
  return bytes;
}
