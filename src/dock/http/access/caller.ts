import type { Context } from "hono";

import type { Role, Scope } from "../../../contracts/http/account-api";
import { AppError } from "../../../contracts/outcome";

/** Who asks, as far as a session or a token has shown it. */
export interface Caller {
  readonly accountId: string;
  readonly role: Role;
  /** What a token may be used for; a session may be used for everything that its account may. */
  readonly scopes: ReadonlySet<Scope>;
  readonly by: "session" | "token";
  /** The hash of the session's or token's secret, by which it is kept. */
  readonly credential: string;
}

declare module "hono" {
  interface ContextVariableMap {
    /** Set below `/my/` alone, by what authorises there. */
    readonly caller?: Caller;
  }
}

/** Who asks; null if nobody has said so. */
function who(c: Context): Caller | null {
  return c.get("caller") ?? null;
}

/** @throws AppError `not_signed_in` if nobody has said who asks. */
export function signedIn(c: Context): Caller {
  const caller = who(c);
  if (caller) return caller;
  throw new AppError("not_signed_in", "log in, or send a token of yours");
}
