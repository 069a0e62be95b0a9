/** @file What those who look after a dock ask of it. */

import {
  ChangedIsland,
  Done,
  Invitation,
  type Role,
  Summary,
  User,
  type UserChange,
  UserList,
} from "../../contracts/http/account-api";
import type { Fetching } from "../dock/ask";
import { type Account, askJsonAs } from "./ask-as";

const get = { method: "GET" } as const;

/** @param days - Of searches and downloads, the last one today. */
export function readSummary(
  account: Account,
  days: number,
  fetching: Fetching = {},
): Promise<Summary> {
  return askJsonAs(account, `/admin/summary?days=${days}`, Summary, get, fetching);
}

export function listUsers(
  account: Account,
  {
    text,
    limit,
    offset,
  }: { readonly text: string; readonly limit: number; readonly offset: number },
  fetching: Fetching = {},
): ReturnType<typeof UserList.parseAsync> {
  const query = new URLSearchParams({ text, limit: String(limit), offset: String(offset) });
  return askJsonAs(account, `/admin/users?${query.toString()}`, UserList, get, fetching);
}

/** @returns A link with which somebody makes an account; it works once. */
export function inviteUser(
  account: Account,
  email: string,
  role: Role,
): ReturnType<typeof Invitation.parseAsync> {
  return askJsonAs(account, "/admin/users", Invitation, { method: "POST", body: { email, role } });
}

export function changeUser(account: Account, id: string, change: UserChange): Promise<User> {
  return askJsonAs(account, `/admin/users/${id}`, User, { method: "PATCH", body: change });
}

/** What the account shared stays, and belongs to nobody. */
export async function removeUser(account: Account, id: string): Promise<void> {
  await askJsonAs(account, `/admin/users/${id}`, Done, { method: "DELETE" });
}

/** Has a job done again that was given up. */
export async function retryJob(account: Account, number: string): Promise<void> {
  await askJsonAs(account, `/admin/jobs/${number}/retry`, Done, { method: "POST" });
}

export function renameIsland(
  account: Account,
  id: string,
  change: { readonly name: string; readonly description: string },
): Promise<ChangedIsland> {
  const how = { method: "PATCH", body: change };
  return askJsonAs(account, `/admin/islands/${id}`, ChangedIsland, how);
}

/**
 * Moves every learnware of an island to another of the same space and question; the first is gone then.
 *
 * @returns The other one.
 */
export function mergeIslands(account: Account, id: string, into: string): Promise<ChangedIsland> {
  const how = { method: "POST", body: { into } };
  return askJsonAs(account, `/admin/islands/${id}/merge`, ChangedIsland, how);
}

/**
 * Moves some learnwares of an island to a new one.
 *
 * @returns The new one.
 */
export function splitIsland(
  account: Account,
  from: string,
  asked: { readonly id: string; readonly name: string; readonly learnwareIds: readonly string[] },
): Promise<ChangedIsland> {
  const how = { method: "POST", body: asked };
  return askJsonAs(account, `/admin/islands/${from}/split`, ChangedIsland, how);
}
