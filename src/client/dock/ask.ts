import { AppError } from "../../contracts/outcome";
import type { Progress } from "../../engine/ground/progress";

export interface Fetching {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** An answer whose body is yet to come. */
export interface Answer extends Pick<Response, "ok" | "status" | "headers"> {
  /**
   * The whole body, of which no more than `most` bytes are read. Nothing is set aside for what is only announced.
   *
   * @param onBytes - Told how many have come.
   * @returns The body; null if it is longer.
   */
  readonly body: (
    most: number,
    onBytes?: (count: number) => void,
  ) => Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Longest time in which nothing comes. */
const SILENT_MS = 30_000;
/** An answer may take a minute, and longer only if that much comes in each millisecond: 20 kB a second. */
const TOTAL_MS = 60_000;
const LEAST_BYTES_PER_MS = 20;

/**
 * Ask a dock and read its answer, within a time-out that starts again whenever bytes come, and a time for the whole that
 * grows with them. Nothing that tells who asks goes along unless `client/account` says so, and what is sent is not carried on
 * to another address.
 *
 * @throws AppError `aborted`, `timed_out`, `network_failed`, or what `read` throws.
 */
export async function ask<T>(
  url: string,
  init: RequestInit,
  { signal }: Fetching,
  read: (answer: Answer) => Promise<T>,
  credentials: RequestCredentials = "omit",
): Promise<T> {
  const late = new AbortController();
  const started = performance.now();
  let received = 0;
  let timer = setTimeout(() => late.abort(), SILENT_MS);
  const arrived = (count: number) => {
    received += count;
    const left = started + TOTAL_MS + received / LEAST_BYTES_PER_MS - performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => late.abort(), Math.max(0, Math.min(SILENT_MS, left)));
  };
  try {
    const signals = signal ? [signal, late.signal] : [late.signal];
    const response = await fetch(url, {
      ...init,
      ...(isCarried(init, credentials) ? {} : { redirect: "error" as const }),
      signal: AbortSignal.any(signals),
      credentials,
      referrerPolicy: "no-referrer",
    });
    const { ok, status, headers } = response;
    const body: Answer["body"] = (most, onBytes) => readBody(response, most, arrived, onBytes);
    return await read({ ok, status, headers, body });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal?.aborted) throw new AppError("aborted", "the request was cancelled");
    if (late.signal.aborted) {
      throw new AppError("timed_out", "the dock did not answer in time", { who: "dock" });
    }
    throw new AppError("network_failed", "the dock cannot be reached", {}, { cause });
  } finally {
    clearTimeout(timer);
    late.abort(); // Of an answer that is not read to its end, the rest is not wanted.
  }
}

/**
 * Whether a request ended as it does in Node on a connection that was kept open and that the dock has closed meanwhile.
 * Browsers ask again by themselves.
 */
export function isStale(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== "network_failed") return false;
  const { cause } = error;
  const why: unknown = cause instanceof Error ? cause.cause : null;
  return why instanceof Error && "code" in why && stale.has(why.code);
}

const stale: ReadonlySet<unknown> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** Only what anybody may ask for, and nothing with it, may end up elsewhere. */
function isCarried({ method = "GET" }: RequestInit, credentials: RequestCredentials): boolean {
  return method === "GET" && credentials === "omit";
}

async function readBody(
  { body }: Response,
  most: number,
  arrived: (count: number) => void,
  onBytes?: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    arrived(part.value.length);
    size += part.value.length;
    if (size > most) return null;
    parts.push(part.value);
    onBytes?.(size);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
