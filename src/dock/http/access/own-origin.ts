import type { Context } from "hono";

import { AppError } from "../../../contracts/outcome";

/** The addresses that people know a dock by. */
export interface Address {
  /** Where its page lies, without a slash at the end; links in letters begin with it. */
  readonly url: string;
  /** Whether the operator has said so, and it is the only one. */
  readonly isSaid: boolean;
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses what a page of another origin has a browser send: cookies that are of the same site only are a first wall
 * against it, which other origins of that site are behind.
 *
 * @throws AppError `not_allowed`.
 */
export function checkOrigin(c: Context, address: Address): void {
  if (safe.has(c.req.method)) return;
  const site = c.req.header("Sec-Fetch-Site");
  const origin = c.req.header("Origin");
  const isForeignSite = site !== undefined && site !== "same-origin" && site !== "none";
  if (!isForeignSite && (origin === undefined || isOwn(origin, c.req.header("Host"), address))) {
    return;
  }
  const told = address.isSaid ? address.url : "the address of its page";
  throw new AppError("not_allowed", `another page has asked; only ${told} may`);
}

function isOwn(origin: string, host: string | undefined, { url, isSaid }: Address): boolean {
  if (origin === new URL(url).origin) return true;
  if (isSaid || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
