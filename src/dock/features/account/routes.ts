import { createRoute, type z } from "@hono/zod-openapi";
import type { Context } from "hono";

import {
  Account,
  ConfirmRequest,
  Done,
  LoginRequest,
  PasswordRequest,
  RegisterRequest,
  ResetConfirmRequest,
  ResetRequest,
} from "../../../contracts/http/account-api";
import { signedIn } from "../../http/access/caller";
import { giveSession, takeSession } from "../../http/access/session-cookie";
import type { Tries } from "../../http/access/tries";
import { body, ownAnswers } from "../../http/answers";
import { apiRouter } from "../../http/api-router";
import type { AccountService } from "./service";

const done = { done: true } as const;

const account = createRoute({
  method: "get",
  path: "/my/account",
  summary: "Who asks, and what the session or token that was sent may be used for",
  responses: ownAnswers(Account, "The account."),
});

/** Something that is done, with nothing to tell of it. */
function action<Path extends string, T extends z.ZodType>(path: Path, summary: string, asked: T) {
  return createRoute({
    method: "post",
    path,
    summary,
    request: { body: body(asked) },
    responses: ownAnswers(Done, "Done."),
  });
}

function plainAction<Path extends string>(path: Path, summary: string) {
  return createRoute({ method: "post", path, summary, responses: ownAnswers(Done, "Done.") });
}

const register = action(
  "/my/register",
  "Asks for an account: a letter tells how to go on. The answer is the same whether there is one or not",
  RegisterRequest,
);
const confirm = action(
  "/my/confirm",
  "Makes the account that a link was sent for, and begins a session",
  ConfirmRequest,
);
const login = action("/my/login", "Begins a session, kept in a cookie", LoginRequest);
const password = action(
  "/my/password",
  "Changes the password, and ends every other session",
  PasswordRequest,
);
const reset = action(
  "/my/reset",
  "Asks for a new password: a letter tells how to go on. The answer is the same whether there is an account or not",
  ResetRequest,
);
const resetConfirm = action(
  "/my/reset-confirm",
  "Sets the password of whom a link was sent to, ends every session and token, and begins a session",
  ResetConfirmRequest,
);
const logout = plainAction("/my/logout", "Ends the session, or takes back the token, that is sent");
const logoutEverywhere = plainAction("/my/logout-everywhere", "Ends every session of the account");

interface AccountRouteParts {
  readonly tries: Tries;
  readonly secure: (c: Context) => boolean;
  readonly sessionSeconds: number;
}

/** `/my`: accounts, for those who have one. */
export function accountRoutes(service: AccountService, parts: AccountRouteParts) {
  const { tries, secure, sessionSeconds } = parts;
  const begin = (c: Context, secret: string) => giveSession(c, secret, sessionSeconds, secure(c));
  return apiRouter()
    .openapi(account, async (c) => c.json(await service.find(signedIn(c)), 200))
    .openapi(register, async (c) => {
      const { email } = c.req.valid("json");
      tries.count(c, email);
      service.register(email);
      return c.json(done, 200);
    })
    .openapi(confirm, async (c) => {
      tries.count(c);
      begin(c, await service.confirm(c.req.valid("json")));
      return c.json(done, 200);
    })
    .openapi(login, async (c) => {
      const { email, password: given } = c.req.valid("json");
      tries.count(c, email);
      begin(c, await service.logIn(email, given));
      return c.json(done, 200);
    })
    .openapi(logout, async (c) => {
      await service.logOut(signedIn(c));
      takeSession(c);
      return c.json(done, 200);
    })
    .openapi(logoutEverywhere, async (c) => {
      await service.logOutEverywhere(signedIn(c));
      takeSession(c);
      return c.json(done, 200);
    })
    .openapi(password, async (c) => {
      const caller = signedIn(c);
      tries.count(c, caller.accountId);
      const { current, next } = c.req.valid("json");
      begin(c, await service.changePassword(caller, current, next));
      return c.json(done, 200);
    })
    .openapi(reset, async (c) => {
      const { email } = c.req.valid("json");
      tries.count(c, email);
      service.reset(email);
      return c.json(done, 200);
    })
    .openapi(resetConfirm, async (c) => {
      tries.count(c);
      const { code, password: given } = c.req.valid("json");
      begin(c, await service.confirmReset(code, given));
      return c.json(done, 200);
    });
}
