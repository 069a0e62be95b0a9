import type { Account } from "../../../contracts/http/account-api";
import type { Registration } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import { letterOf } from "../../accounts/letters/letters";
import type { Letter, Post } from "../../accounts/letters/post";
import type { Passwords } from "../../accounts/passwords";
import type { SqlAccounts } from "../../accounts/sql-accounts";
import type { Caller } from "../../http/access/caller";

export interface AccountParts {
  readonly accounts: SqlAccounts;
  readonly passwords: Passwords;
  readonly post: Post;
  readonly registration: Registration;
  /** Where the page lies, without a slash at the end. */
  readonly pageUrl: string;
  /** Told what went wrong after the answer was given. */
  readonly onFailure: (error: unknown) => void;
}

const CONFIRM_SECONDS = 24 * 3600;
const RESET_SECONDS = 3600;

/** Accounts, as those who have them see them. What is answered never tells whether somebody has one. */
export class AccountService {
  readonly #parts: AccountParts;
  readonly #later = new Set<Promise<void>>();

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** @throws AppError `not_signed_in` if it is gone meanwhile. */
  async find({ accountId, by, scopes }: Caller): Promise<Account> {
    const account = await this.#parts.accounts.find(accountId);
    if (!account) throw new AppError("not_signed_in", "the account is gone");
    const { id, email, name, role, createdAt } = account;
    const own = [...scopes].filter((scope) => scope !== "admin" || role === "admin");
    return { id, email, name, role, createdAt: createdAt.toISOString(), by, scopes: own };
  }

  /**
   * Sends a letter after the answer is given: neither it nor the time it takes tells anything.
   *
   * @throws AppError `not_allowed` if nobody gets an account by asking.
   */
  register(email: string): void {
    const { accounts, registration, pageUrl } = this.#parts;
    if (registration !== "open") {
      const way = registration === "invite" ? "by invitation" : "only by its command line";
      throw new AppError("not_allowed", `this dock takes people in ${way}: ask whoever runs it`);
    }
    this.#after(async () => {
      if (await accounts.findByEmail(email)) {
        return letterOf("known", email, `${pageUrl}/#/account`);
      }
      const made = await accounts.makeCode("confirm", email, { seconds: CONFIRM_SECONDS });
      return made && letterOf("confirm", email, `${pageUrl}/#/account?confirm=${made.code}`);
    });
  }

  /**
   * Makes the account that a link was sent for.
   *
   * @returns The secret of a session.
   */
  async confirm(given: {
    readonly code: string;
    readonly name: string;
    readonly password: string;
    readonly email?: string | undefined;
  }): Promise<string> {
    const { code, name, password, email } = given;
    const { accounts, passwords } = this.#parts;
    const passwordHash = await passwords.hash(password);
    const id = await accounts.open(code, { name, passwordHash, ...(email && { email }) });
    return accounts.beginSession(id);
  }

  /**
   * @returns The secret of a session.
   * @throws AppError `not_signed_in`, after the same time whatever is wrong.
   */
  async logIn(email: string, password: string): Promise<string> {
    const { accounts, passwords } = this.#parts;
    const account = await accounts.findByEmail(email);
    const isRight = await passwords.isRight(account?.passwordHash ?? null, password);
    if (!account || !isRight || account.disabledAt) {
      throw new AppError("not_signed_in", "the e-mail address or the password is wrong");
    }
    return accounts.beginSession(account.id);
  }

  logOut(caller: Caller): Promise<void> {
    return this.#parts.accounts.end(caller);
  }

  logOutEverywhere({ accountId }: Caller): Promise<void> {
    return this.#parts.accounts.endSessions(accountId);
  }

  /**
   * Ends every session.
   *
   * @returns The secret of a new one.
   * @throws AppError `bad_input` if the current password is wrong.
   */
  async changePassword({ accountId }: Caller, current: string, next: string): Promise<string> {
    const { accounts, passwords } = this.#parts;
    const account = await accounts.find(accountId);
    if (!(await passwords.isRight(account?.passwordHash ?? null, current))) {
      throw new AppError("bad_input", "the current password is wrong");
    }
    await accounts.setPassword(accountId, await passwords.hash(next));
    return accounts.beginSession(accountId);
  }

  /** Sends a letter if there is such an account, after the answer is given. */
  reset(email: string): void {
    const { accounts, pageUrl } = this.#parts;
    this.#after(async () => {
      const account = await accounts.findByEmail(email);
      if (!account || account.disabledAt) return null;
      const made = await accounts.makeCode("reset", account.email, { seconds: RESET_SECONDS });
      // To the address that was registered, however the asked one was written.
      return made && letterOf("reset", account.email, `${pageUrl}/#/account?reset=${made.code}`);
    });
  }

  /** @returns The secret of a session. */
  async confirmReset(code: string, password: string): Promise<string> {
    const { accounts, passwords } = this.#parts;
    return accounts.beginSession(await accounts.reset(code, await passwords.hash(password)));
  }

  /** Resolves when every letter has left that was to be sent. */
  async settle(): Promise<void> {
    await Promise.all(this.#later);
  }

  #after(work: () => Promise<Letter | null>): void {
    const running = work()
      .then(async (letter) => letter && this.#parts.post.send(letter))
      .then(() => undefined, this.#parts.onFailure)
      .finally(() => this.#later.delete(running));
    this.#later.add(running);
  }
}
