import type { Context } from "hono";

/** Whether the client says that it has this version already. */
export function isFresh(c: Context, tag: string): boolean {
  const held = c.req.header("If-None-Match") ?? "";
  return held.split(",").some((one) => one.trim().replace(/^W\//, "") === `"${tag}"`);
}
