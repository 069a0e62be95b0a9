import type {
  ChangedIsland,
  Role,
  Summary,
  User,
  UserChange,
} from "../../../contracts/http/account-api";
import { AppError } from "../../../contracts/outcome";
import { letterOf } from "../../accounts/letters/letters";
import type { Post } from "../../accounts/letters/post";
import type { SqlAccounts } from "../../accounts/sql-accounts";
import type { SqlOverview } from "../../accounts/sql-overview";
import type { Caller } from "../../http/access/caller";
import type { Address } from "../../http/access/own-origin";
import type { Page } from "../../storage/learnware-store";

/** Puts islands in order. */
export interface IslandChanges {
  rename(
    id: string,
    change: { name?: string | undefined; description?: string | undefined },
  ): Promise<ChangedIsland>;
  /** Moves every learnware of an island to another of the same space and question, and removes it. */
  merge(id: string, into: string): Promise<ChangedIsland>;
  /** Moves some learnwares of an island to a new one of the same space and question. */
  split(
    id: string,
    asked: { readonly id: string; readonly name: string; readonly learnwareIds: readonly string[] },
  ): Promise<ChangedIsland>;
}

/** What a dock does when nobody waits for it. */
export interface Jobs {
  counts(): Promise<Summary["jobs"]>;
  /** Those that failed too often. */
  left(): Promise<Summary["jobsLeft"]>;
  /** Asks again for one of those; false if it is none of them. */
  retry(number: string): Promise<boolean>;
}

export interface AdminParts {
  readonly accounts: SqlAccounts;
  readonly overview: SqlOverview;
  readonly islands: IslandChanges;
  readonly jobs: Jobs;
  readonly post: Post;
  readonly address: Address;
}

const INVITE_SECONDS = 7 * 86_400;

/** What those who look after a dock do. Nobody sees or sets another's password. */
export class AdminService {
  readonly #parts: AdminParts;
  readonly islands: IslandChanges;

  constructor(parts: AdminParts) {
    this.#parts = parts;
    this.islands = parts.islands;
  }

  async summary(days: number): Promise<Summary> {
    const { overview, jobs } = this.#parts;
    const counted = await overview.summary(days);
    return { ...counted, jobs: await jobs.counts(), jobsLeft: await jobs.left() };
  }

  /** @throws AppError `not_found` if it was not given up. */
  async retryJob(number: string): Promise<void> {
    if (await this.#parts.jobs.retry(number)) return;
    throw new AppError("not_found", "this job was not given up, or is being done again");
  }

  users(query: { readonly text: string } & Page): Promise<{ users: User[]; total: number }> {
    return this.#parts.overview.users(query);
  }

  /**
   * Makes a link with which somebody makes an account, and sends it if letters leave the dock.
   *
   * @throws AppError `already_there` if the address has an account.
   */
  async invite(email: string, role: Role): Promise<{ link: string; expiresAt: string }> {
    const { accounts, post, address } = this.#parts;
    if (await accounts.findByEmail(email)) {
      throw new AppError("already_there", "this e-mail address has an account already");
    }
    const made = await accounts.makeCode("invite", email, { seconds: INVITE_SECONDS, role });
    const link = `${address.url}/#/account?confirm=${made!.code}`;
    if (post.reaches) await post.send(letterOf("invite", email, link));
    return { link, expiresAt: made!.expiresAt.toISOString() };
  }

  /** @throws AppError `not_found`; `not_allowed` if nobody would be left to look after the dock. */
  async change(caller: Caller, id: string, change: UserChange): Promise<User> {
    if (id === caller.accountId && (change.disabled ?? false)) {
      throw new AppError("not_allowed", "nobody shuts out themselves: ask another admin");
    }
    const { accounts, overview } = this.#parts;
    const user = (await accounts.change(id, change)) && (await overview.user(id));
    if (user) return user;
    throw new AppError("not_found", "there is no such account");
  }

  /** @throws AppError `not_found`; `not_allowed` for one's own. */
  async remove(caller: Caller, id: string): Promise<void> {
    if (id === caller.accountId) {
      throw new AppError("not_allowed", "nobody removes their own account here: ask another admin");
    }
    if (await this.#parts.accounts.remove(id)) return;
    throw new AppError("not_found", "there is no such account");
  }
}
