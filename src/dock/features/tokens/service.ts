import {
  MOST_TOKENS,
  type NewToken,
  type Scope,
  type Token,
} from "../../../contracts/http/account-api";
import { AppError } from "../../../contracts/outcome";
import type { SqlAccounts } from "../../accounts/sql-accounts";
import type { Caller } from "../../http/access/caller";

/** Tokens with which programs ask in somebody's name. */
export class TokenService {
  readonly #accounts: SqlAccounts;

  constructor(accounts: SqlAccounts) {
    this.#accounts = accounts;
  }

  list({ accountId }: Caller): Promise<Token[]> {
    return this.#accounts.tokens(accountId);
  }

  /** @throws AppError `not_allowed` if it could do more than its account, `quota_full` if there are too many. */
  async make(
    { accountId, role }: Caller,
    asked: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number },
  ): Promise<NewToken> {
    if (asked.scopes.includes("admin") && role !== "admin") {
      throw new AppError("not_allowed", "your account does not look after this dock");
    }
    const made = await this.#accounts.makeToken(accountId, asked, MOST_TOKENS);
    if (made) return made;
    throw new AppError("quota_full", `an account has ${MOST_TOKENS} tokens at most: delete one`);
  }

  /** @throws AppError `not_found` if the account has none of that id. */
  async remove({ accountId }: Caller, id: string): Promise<void> {
    if (await this.#accounts.removeToken(accountId, id)) return;
    throw new AppError("not_found", "there is no such token");
  }
}
