import { OwnLearnwareList } from "../../contracts/http/account-api";
import type { Fetching } from "../dock/ask";
import { type Account, askJsonAs } from "./ask-as";

/** What an account shares, removed ones included; the latest change first. */
export function listOwnLearnwares(
  account: Account,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  fetching: Fetching = {},
): Promise<OwnLearnwareList> {
  const path = `/learnwares?limit=${limit}&offset=${offset}`;
  return askJsonAs(account, path, OwnLearnwareList, { method: "GET" }, fetching);
}
