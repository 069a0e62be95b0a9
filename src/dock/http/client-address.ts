import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/**
 * Where a request comes from; null if nobody can tell.
 *
 * @param proxies - How many of our own it passed, each of which added who asked it to
 *   `X-Forwarded-For`. What stands before those was written by the client, and proves nothing.
 */
export function clientAddress(proxies: number): (c: Context) => string | null {
  return (c) => {
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
    const nearest = incoming?.socket.remoteAddress ?? null;
    const passed = c.req.header("X-Forwarded-For")?.split(",") ?? [];
    return proxies === 0 ? nearest : (passed.at(-proxies)?.trim() ?? nearest);
  };
}
