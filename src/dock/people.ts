import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import type { Registration } from "../contracts/http/dock-api";
import type { Post } from "./accounts/letters/post";
import { Passwords } from "./accounts/passwords";
import { SESSION_SECONDS, type SqlAccounts } from "./accounts/sql-accounts";
import type { SqlOverview } from "./accounts/sql-overview";
import { accountRoutes } from "./features/account/routes";
import { AccountService } from "./features/account/service";
import { adminRoutes } from "./features/admin/routes";
import { AdminService, type IslandChanges, type Jobs } from "./features/admin/service";
import { ownRoutes } from "./features/own/routes";
import { OwnService } from "./features/own/service";
import { tokenRoutes } from "./features/tokens/routes";
import { TokenService } from "./features/tokens/service";
import { authorise, type Owners } from "./http/access/authorise";
import type { Address } from "./http/access/own-origin";
import { Tries } from "./http/access/tries";
import { clientAddress } from "./http/client-address";
import type { DockLimits } from "./http/dock-limits";
import { type Log, logFailure } from "./http/request-log";

/** What a dock needs to know people. */
export interface PeopleParts {
  readonly accounts: SqlAccounts;
  readonly overview: SqlOverview;
  readonly islands: IslandChanges;
  readonly jobs: Jobs;
  readonly post: Post;
  readonly registration: Registration;
  readonly address: Address;
  /** Whose what is sent in is; a learnware's owner is known. */
  readonly owners: Omit<Owners, "learnware">;
}

/** Lets below `/my/` whom the table of permissions names. */
export function admitPeople(
  api: OpenAPIHono,
  { accounts, overview, address, owners }: PeopleParts,
  { requestsPerMinute }: DockLimits,
): void {
  api.use(
    "/my/*",
    authorise({
      find: (by, secret) => accounts.findCaller(by, secret),
      owners: { ...owners, learnware: (id) => overview.ownerOf(id) },
      address,
      requestsPerMinute: Math.ceil(requestsPerMinute / ACCOUNT_SHARE),
    }),
  );
}

/** Adds what people do with their accounts, behind `admitPeople`. */
export function addPeople(
  api: OpenAPIHono,
  parts: PeopleParts,
  limits: DockLimits,
  log: Log,
): void {
  const { accounts, overview, islands, jobs, post, registration, address } = parts;
  const secure = (c: Context) => isSecure(c, address, limits.proxies);
  const perMinute = limits.requestsPerMinute;
  const service = new AccountService({
    accounts,
    passwords: new Passwords(),
    post,
    registration,
    pageUrl: address.url,
    onFailure: (error) => logFailure(log, error),
  });
  const tries = new Tries(clientAddress(limits.proxies), perMinute > 0);
  api
    .route("/", accountRoutes(service, { tries, secure, sessionSeconds: SESSION_SECONDS }))
    .route("/", tokenRoutes(new TokenService(accounts)))
    .route("/", ownRoutes(new OwnService(overview)))
    .route(
      "/",
      adminRoutes(new AdminService({ accounts, overview, islands, jobs, post, address })),
    );
}

/** An office shares an address, nobody an account. */
const ACCOUNT_SHARE = 10;

/** Whether the browser has come over TLS, as the operator's own proxy tells. */
function isSecure(c: Context, { url }: Address, proxies: number): boolean {
  if (url.startsWith("https:")) return true;
  return proxies > 0 && c.req.header("X-Forwarded-Proto") === "https";
}
