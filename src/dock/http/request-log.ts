import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Logger } from "pino";

import { AppError } from "../../contracts/outcome";
import { isDiskFull } from "../storage/disk/disk-full";

/** The part of pino that the dock uses. */
export type Log = Pick<Logger, "info" | "error">;

/** One line per request: the route's template, never its query, body or who asked. */
export function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const start = performance.now();
    await next();
    log.info({
      method: c.req.method,
      path: routePath(c),
      status: c.res.status,
      milliseconds: Math.round(performance.now() - start),
    });
  };
}

/**
 * A failure as it may be logged: which server cannot be reached, or where a bug happened, whose message
 * could hold part of a request.
 */
export function logFailure(log: Log, error: unknown): void {
  if (error instanceof AppError && error.code === "network_failed") {
    log.error({ unreachable: error.message });
    return;
  }
  if (error instanceof AppError && error.code === "hash_mismatch") {
    log.error({ damaged: error.message });
    return;
  }
  if (isDiskFull(error)) {
    log.error({ full: "the disk has no space left to write to" });
    return;
  }
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: "" };
  const frames = (stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  log.error({ bug: name, frames: frames.map((line) => line.trim()) });
}
