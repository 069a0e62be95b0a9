import { AppError } from "../../contracts/outcome";
import type { Progress } from "../../engine/ground/progress";

export interface Fetching {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Reads an answer, and says whenever bytes came. */
export type Read<T> = (response: Response, stillThere: () => void) => Promise<T>;

const timeoutMs = 30_000;

/**
 * Ask a dock and read its answer, within a time-out that starts again whenever bytes come. Nothing
 * that tells who asks goes along.
 *
 * @throws AppError `aborted`, `timed_out`, `network_failed`, or what `read` throws.
 */
export async function ask<T>(
  url: string,
  init: RequestInit,
  { signal }: Fetching,
  read: Read<T>,
): Promise<T> {
  const late = new AbortController();
  let timer = setTimeout(() => late.abort(), timeoutMs);
  const stillThere = () => {
    clearTimeout(timer);
    timer = setTimeout(() => late.abort(), timeoutMs);
  };
  try {
    const signals = signal ? [signal, late.signal] : [late.signal];
    const response = await fetch(url, {
      ...init,
      signal: AbortSignal.any(signals),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    return await read(response, stillThere);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal?.aborted) throw new AppError("aborted", "the request was cancelled");
    if (late.signal.aborted) {
      throw new AppError("timed_out", `the dock did not answer in ${timeoutMs / 1000} seconds`);
    }
    throw new AppError("network_failed", "the dock cannot be reached", {}, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The bytes of an answer, of which no more are read than there should be.
 *
 * @throws AppError `hash_mismatch` if there are more.
 */
export async function readBytes(
  response: Response,
  sizeBytes: number,
  stillThere: () => void,
  { onProgress }: Fetching,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes);
  let done = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    stillThere();
    if (done + part.value.length > sizeBytes) {
      await reader?.cancel();
      throw new AppError("hash_mismatch", `the file is longer than its ${sizeBytes} bytes`);
    }
    bytes.set(part.value, done);
    done += part.value.length;
    onProgress?.({ stage: "download", done, total: sizeBytes });
  }
  return bytes.subarray(0, done);
}

/** A contract's schema, as far as it is used here. */
export interface Schema<T> {
  safeParse(answer: unknown): { success: true; data: T } | { success: false };
}

/** @throws AppError `internal` if the text is not what the contract says. */
export function parseAs<T>(schema: Schema<T>, text: string, name: string): T {
  const answer = schema.safeParse(parseJson(text));
  if (!answer.success) {
    throw new AppError("internal", `the dock's answer to ${name} breaks the contract`);
  }
  return answer.data;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No contract allows it.
  }
}
