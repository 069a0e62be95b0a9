import { performance } from "node:perf_hooks";

import type { MiddlewareHandler } from "hono";

import { AppError } from "../../../contracts/outcome";
import { type Owned, type Permission, permissionFor } from "../permissions";
import { RateLimit } from "../rate-limit";
import type { Caller } from "./caller";
import { type Address, checkOrigin } from "./own-origin";
import { readSecret } from "./session-cookie";

/** The account that something belongs to; null if to nobody, undefined if there is no such thing. */
export type Owners = Readonly<Record<Owned, (name: string) => Promise<string | null | undefined>>>;

export interface AccessParts {
  /** Who a secret belongs to; null if to nobody any more. */
  readonly find: (by: Caller["by"], secret: string) => Promise<Caller | null>;
  readonly owners: Owners;
  readonly address: Address;
  /** Of one account; 0 for any number. */
  readonly requestsPerMinute: number;
}

/** Lets a request below `/my/` through if the table of permissions does. Nothing of it is kept by any cache. */
export function authorise(parts: AccessParts, base = "/api/v1"): MiddlewareHandler {
  const { requestsPerMinute } = parts;
  const rate = requestsPerMinute > 0 ? new RateLimit(requestsPerMinute) : null;
  return async (c, next) => {
    c.header("Cache-Control", "no-store");
    const found = permissionFor(c.req.method, c.req.path.slice(base.length));
    if (!found) return c.notFound();
    const { permission, name } = found;
    const secret = readSecret(c);
    // A token is never sent by a browser of its own accord.
    if (secret?.by !== "token") checkOrigin(c, parts.address);
    if (permission.who === "anyone") return next();
    const caller = secret && (await parts.find(secret.by, secret.text));
    if (!caller) {
      c.header("WWW-Authenticate", 'Bearer realm="berth"');
      throw new AppError("not_signed_in", "log in, or send a token of yours");
    }
    const seconds = rate?.take(caller.accountId, performance.now()) ?? 0;
    if (seconds > 0) {
      c.header("Retry-After", String(seconds));
      throw new AppError("too_often", `your account asks too often; again in ${seconds} s`);
    }
    checkScope(caller, permission);
    await checkRole(caller, permission, name, parts.owners);
    c.set("caller", caller);
    return next();
  };
}

function checkScope({ by, scopes }: Caller, { scope }: Permission): void {
  if (by === "session") return;
  if (scope === null) {
    throw new AppError("not_allowed", "a token will not do for this: log in with your password");
  }
  if (!scopes.has(scope)) {
    throw new AppError("not_allowed", `the token was not made to ${wordsFor[scope]}`);
  }
}

/** Ids and numbers alike. */
const NAME = /^[A-Za-z0-9-]{1,128}$/;

const wordsFor = { read: "read", submit: "submit", admin: "look after the dock" } as const;

async function checkRole(
  caller: Caller,
  { who, of }: Permission,
  name: string,
  owners: Owners,
): Promise<void> {
  if (who === "user") return;
  // A token that was not made to look after the dock is that of anybody.
  const isAdmin = caller.role === "admin" && caller.scopes.has("admin");
  if (who === "admin") {
    if (isAdmin) return;
    throw new AppError("not_allowed", "only those who look after this dock may do that");
  }
  if (of === undefined) throw new Error("the table does not say whose it is");
  const ownerId = NAME.test(name) ? await owners[of](name) : undefined;
  const isOwn = ownerId === caller.accountId;
  if (ownerId !== undefined && (isOwn || isAdmin)) return;
  // Everybody sees a learnware; of what somebody sends in nobody else learns that it is there.
  if (ownerId !== undefined && of === "learnware") {
    throw new AppError("not_allowed", "only whoever shared this may change it");
  }
  throw new AppError("not_found", `there is no such ${of}`);
}
