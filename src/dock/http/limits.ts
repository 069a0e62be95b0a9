import { performance } from "node:perf_hooks";

import type { Context, MiddlewareHandler } from "hono";

import { AppError } from "../../contracts/outcome";
import type { RateLimit } from "./rate-limit";
import type { WorkQueue } from "./work-queue";

declare module "hono" {
  interface ContextVariableMap {
    /** Fires when the client has hung up, or its request has taken too long. */
    readonly signal?: AbortSignal;
  }
}

/** Whoever asks too often is told when to come again. */
export function limitRate(
  limit: RateLimit,
  addressOf: (c: Context) => string | null,
): MiddlewareHandler {
  return async (c, next) => {
    const address = addressOf(c);
    const seconds = address === null ? 0 : limit.take(address, performance.now());
    if (seconds === 0) return next();
    const message = `your address asks more often than this dock allows; ask again in ${seconds} s`;
    return c.json({ code: "dock_busy", message }, 429, { "Retry-After": String(seconds) });
  };
}

/** Bodies that were packed are not unpacked here: what comes is small, and a packed one may be anything but. */
export const asItIs: MiddlewareHandler = async (c, next) => {
  const encoding = c.req.header("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding === "identity") return next();
  throw new AppError("unsupported_format", "a request's body must come without Content-Encoding");
};

/**
 * Work waits for its turn, and is over in so many seconds, waiting included. One that was answered
 * for being late keeps its place until it has noticed.
 */
export function limitWork(queue: WorkQueue, mostSeconds: number): MiddlewareHandler {
  return async (c, next) => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const client = c.req.raw.signal;
    const hangUp = () => stopping.abort(new AppError("aborted", "the client hung up"));
    const beLate = () => {
      const reason = `the dock could not answer within ${mostSeconds} seconds; ask again later`;
      stopping.abort(new AppError("timed_out", reason));
    };
    const clock = setTimeout(beLate, 1000 * mostSeconds);
    client.addEventListener("abort", hangUp);
    c.set("signal", signal);
    try {
      const leave = await queue.enter(signal);
      await Promise.race([next().finally(leave), aborted(signal)]);
    } finally {
      clearTimeout(clock);
      client.removeEventListener("abort", hangUp);
    }
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}
