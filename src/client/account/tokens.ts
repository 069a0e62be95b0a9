import {
  Done,
  NewToken,
  type Scope,
  type Token,
  TokenList,
} from "../../contracts/http/account-api";
import type { Fetching } from "../dock/ask";
import { type Account, askJsonAs } from "./ask-as";

/** Without their secrets, the newest first. */
export async function listTokens(account: Account, fetching: Fetching = {}): Promise<Token[]> {
  return (await askJsonAs(account, "/tokens", TokenList, { method: "GET" }, fetching)).tokens;
}

/** The secret is told this once. */
export function makeToken(
  account: Account,
  asked: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number },
): Promise<NewToken> {
  return askJsonAs(account, "/tokens", NewToken, { method: "POST", body: asked });
}

export async function removeToken(account: Account, id: string): Promise<void> {
  await askJsonAs(account, `/tokens/${id}`, Done, { method: "DELETE" });
}
