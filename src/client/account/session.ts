/** @file Accounts, sessions and passwords, as whoever has one asks for them. */

import { Account as KnownAccount, Done } from "../../contracts/http/account-api";
import type { Fetching } from "../dock/ask";
import { type Account, askJsonAs } from "./ask-as";

/** @throws AppError `not_signed_in` if nobody is. */
export function whoAmI(account: Account, fetching: Fetching = {}): Promise<KnownAccount> {
  return askJsonAs(account, "/account", KnownAccount, { method: "GET" }, fetching);
}

/** Asks for an account: a letter tells how to go on. */
export function register(account: Account, email: string): Promise<void> {
  return done(account, "/register", { email });
}

/**
 * Makes the account that a link was sent for.
 *
 * @param given.email - For the first admin's link alone, which was sent to no address.
 */
export function confirm(
  account: Account,
  given: {
    readonly code: string;
    readonly name: string;
    readonly password: string;
    readonly email?: string;
  },
): Promise<void> {
  return done(account, "/confirm", given);
}

/** Begins a session, which the browser holds. */
export function logIn(account: Account, email: string, password: string): Promise<void> {
  return done(account, "/login", { email, password });
}

/** Ends the session, or takes back the token, that the account has come with. */
export function logOut(account: Account): Promise<void> {
  return done(account, "/logout");
}

export function logOutEverywhere(account: Account): Promise<void> {
  return done(account, "/logout-everywhere");
}

/** Every other session ends. */
export function changePassword(account: Account, current: string, next: string): Promise<void> {
  return done(account, "/password", { current, next });
}

/** Asks for a new password: a letter tells how to go on. */
export function askForReset(account: Account, email: string): Promise<void> {
  return done(account, "/reset", { email });
}

/** Sets the password of whom a link was sent to; every session and token ends. */
export function confirmReset(account: Account, code: string, password: string): Promise<void> {
  return done(account, "/reset-confirm", { code, password });
}

async function done(account: Account, path: string, body?: unknown): Promise<void> {
  await askJsonAs(account, path, Done, { method: "POST", ...(body !== undefined && { body }) });
}
