import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

import type { Caller } from "./caller";

/** So no browser sends it with a search, a card or a download. */
const PATH = "/api/v1/my";
const NAME = "berth";
/** The name with which browsers take a cookie over TLS alone. */
const SECURE_NAME = "__Secure-berth";
const BEARER = /^Bearer ([A-Za-z0-9_-]{1,200})$/i;

export interface Secret {
  readonly by: Caller["by"];
  readonly text: string;
}

/** What a request shows of who sends it; a token counts before a cookie. */
export function readSecret(c: Context): Secret | null {
  const header = c.req.header("Authorization");
  if (header !== undefined) {
    return { by: "token", text: BEARER.exec(header)?.[1] ?? "" };
  }
  const text = getCookie(c, SECURE_NAME) ?? getCookie(c, NAME);
  return text === undefined || text === "" ? null : { by: "session", text };
}

/** @param secure - Whether the browser has come over TLS. */
export function giveSession(c: Context, secret: string, seconds: number, secure: boolean): void {
  setCookie(c, secure ? SECURE_NAME : NAME, secret, {
    path: PATH,
    httpOnly: true,
    sameSite: "Strict",
    secure,
    maxAge: seconds,
  });
}

export function takeSession(c: Context): void {
  deleteCookie(c, NAME, { path: PATH, httpOnly: true, sameSite: "Strict" });
  deleteCookie(c, SECURE_NAME, { path: PATH, httpOnly: true, sameSite: "Strict", secure: true });
}
