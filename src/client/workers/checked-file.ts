import { AppError } from "../../contracts/outcome";
import { concatenate } from "../../engine/ground/bytes";
import type { Call } from "../../contracts/workers/call";
import { sha256Of } from "../storage/sha256";

/** A file of the page whose content is known. */
export interface KnownFile {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Fetch a file when it is first needed. Progress counts bytes.
 *
 * @param before - Bytes of what was fetched before it, and of all that is to be fetched.
 * @throws AppError `network_failed`; `hash_mismatch` if it is another file; what the signal throws.
 */
export async function fetchChecked(
  { url, sha256, bytes }: KnownFile,
  { signal, onProgress }: Call = {},
  before: { readonly done: number; readonly total: number } = { done: 0, total: bytes },
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let { done } = before;
  try {
    const response = await fetch(url, { signal: signal ?? null });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value);
      done += read.value.length;
      onProgress?.({ stage: "download", done: Math.min(done, before.total), total: before.total });
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new AppError("network_failed", "the embedder could not be fetched", {}, { cause });
  }
  const file = concatenate(parts);
  if ((await sha256Of(file)) === sha256) return file;
  throw new AppError("hash_mismatch", "the embedder is another file than it should be");
}
