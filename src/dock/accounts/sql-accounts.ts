import { randomUUID } from "node:crypto";

import type { Role, Scope, Token } from "../../contracts/http/account-api";
import { AppError } from "../../contracts/outcome";
import { Mutex } from "../../engine/ground/mutex";
import type { Caller } from "../http/access/caller";
import type { Database, Sql } from "../storage/database/database";
import { DatabaseError } from "../storage/database/database-error";
import type { AccountRecord } from "./account-record";
import { recordOf } from "./account-rows";
import { hashSecret, makeSecret, TOKEN_PREFIX } from "./secrets";

/** An account as the dock knows it. */
export interface KnownAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
}

export type Purpose = "confirm" | "invite" | "admin" | "reset";

/** What a link was sent for. */
interface OpenedCode {
  readonly purpose: Purpose;
  readonly email: string | null;
  readonly role: Role;
}

/** Told what there is to be kept of an account by now; null if it is gone. */
export type KeepAccount = (id: string, record: AccountRecord | null) => Promise<void>;

/** A session that is not used ends after a week, any after a month. */
export const SESSION_SECONDS = 30 * 86_400;
const IDLE_SECONDS = 7 * 86_400;
/** When something was used is noted no more often: of a session by the hour, of a token by the day. */
const NOTED_EVERY = "1 hour";
/** Another letter to the same address has to wait. */
const LETTER_EVERY_SECONDS = 60;

const columns = `id, email, name, role, password_hash as "passwordHash", created_at as "createdAt",
  disabled_at as "disabledAt"`;
const allScopes: readonly Scope[] = ["read", "submit", "admin"];

/** Accounts, and what shows who somebody is: passwords, sessions, tokens, and what links carry. */
export class SqlAccounts {
  readonly #database: Database;
  readonly #keep: KeepAccount | undefined;
  readonly #keeping = new Mutex();

  /** @param keep - Has put what it is told in a safe place when it resolves. */
  constructor(database: Database, keep?: KeepAccount) {
    this.#database = database;
    this.#keep = keep;
  }

  async find(id: string): Promise<KnownAccount | null> {
    const sql = `select ${columns} from account where id = $1`;
    return (await this.#database.query<KnownAccount>(sql, [id]))[0] ?? null;
  }

  async findByEmail(email: string): Promise<KnownAccount | null> {
    const sql = `select ${columns} from account where email_key = $1`;
    return (await this.#database.query<KnownAccount>(sql, [keyOf(email)]))[0] ?? null;
  }

  async countAdmins(): Promise<number> {
    return countAdmins(this.#database);
  }

  /**
   * Takes what a link carries, and makes the account that it was for.
   *
   * @param email - Of a link that was sent to no address.
   * @throws AppError `not_found` if the link is no longer good, `already_there` if the address has an account.
   */
  async open(
    code: string,
    { email: said, ...given }: Omit<NewAccount, "email" | "role"> & { readonly email?: string },
  ): Promise<string> {
    const id = randomUUID();
    await this.#database.transaction(async (tx) => {
      const { email, role } = await takeCode(tx, code, ["confirm", "invite", "admin"]);
      const address = email ?? said;
      if (address === undefined) {
        throw new AppError("bad_input", "this link needs your e-mail address as well");
      }
      await insertAccount(tx, { ...given, id, email: address, role });
    });
    await this.#record(id);
    return id;
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.query("update account set password_hash = $2 where id = $1", [id, passwordHash]);
      await tx.query("delete from session where account_id = $1", [id]);
    });
    await this.#record(id);
  }

  /**
   * Sets the password of whom a link was sent to. Whoever knew the old one is shut out, tokens included.
   *
   * @returns Whose it was.
   * @throws AppError `not_found` if the link is no longer good.
   */
  async reset(code: string, passwordHash: string): Promise<string> {
    const id = await this.#database.transaction(async (tx) => {
      const { email } = await takeCode(tx, code, ["reset"]);
      const [account] = await tx.query<{ id: string }>(
        "update account set password_hash = $2 where email_key = $1 returning id",
        [keyOf(email ?? ""), passwordHash],
      );
      if (!account) throw gone();
      await tx.query("delete from session where account_id = $1", [account.id]);
      await tx.query("delete from access_token where account_id = $1", [account.id]);
      return account.id;
    });
    await this.#record(id);
    return id;
  }

  /**
   * Makes what a link is to carry, in the place of the one before.
   *
   * @returns Null if the last one was made so lately that no other letter is to be sent.
   */
  async makeCode(
    purpose: Purpose,
    email: string | null,
    { seconds, role = "user" }: { readonly seconds: number; readonly role?: Role },
  ): Promise<{ readonly code: string; readonly expiresAt: Date } | null> {
    const code = makeSecret();
    const key = email === null ? null : keyOf(email);
    return this.#database.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(2, hashtext($1))", [`${purpose} ${key ?? ""}`]);
      await tx.script("delete from one_time_code where expires_at < now()");
      if (purpose === "confirm" || purpose === "reset") {
        const late = await tx.query(
          `select 1 from one_time_code where purpose = $1 and email_key = $2
             and created_at > now() - $3 * interval '1 second'`,
          [purpose, key, LETTER_EVERY_SECONDS],
        );
        if (late.length > 0) return null;
      }
      await tx.query(
        "delete from one_time_code where purpose = $1 and email_key is not distinct from $2",
        [purpose, key],
      );
      const [made] = await tx.query<{ expiresAt: Date }>(
        `insert into one_time_code (hash, purpose, email_key, email, role, expires_at)
         values ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')
         returning expires_at as "expiresAt"`,
        [hashSecret(code), purpose, key, email, role, seconds],
      );
      return { code, expiresAt: made!.expiresAt };
    });
  }

  /** @returns The secret of a new session. */
  async beginSession(accountId: string): Promise<string> {
    const secret = makeSecret();
    await this.#database.transaction(async (tx) => {
      await tx.script("delete from session where expires_at < now()");
      await tx.query(
        `insert into session (hash, account_id, expires_at)
         values ($1, $2, now() + $3 * interval '1 second')`,
        [hashSecret(secret), accountId, SESSION_SECONDS],
      );
    });
    return secret;
  }

  /** Who a secret belongs to; null if to nobody, or nobody any more. */
  async findCaller(by: Caller["by"], secret: string): Promise<Caller | null> {
    const credential = hashSecret(secret);
    return by === "session" ? this.#ofSession(credential) : this.#ofToken(credential);
  }

  async #ofSession(credential: string): Promise<Caller | null> {
    const [found] = await this.#database.query<Pick<KnownAccount, "id" | "role"> & Stale>(
      `select a.id, a.role, s.used_at < now() - interval '${NOTED_EVERY}' as "isStale"
       from session s join account a on a.id = s.account_id
       where s.hash = $1 and s.expires_at > now() and a.disabled_at is null
         and s.used_at > now() - $2 * interval '1 second'`,
      [credential, IDLE_SECONDS],
    );
    if (!found) return null;
    if (found.isStale) {
      await this.#database.query("update session set used_at = now() where hash = $1", [
        credential,
      ]);
    }
    const { id: accountId, role } = found;
    return { accountId, role, scopes: new Set(allScopes), by: "session", credential };
  }

  async #ofToken(credential: string): Promise<Caller | null> {
    const [found] = await this.#database.query<
      Pick<KnownAccount, "id" | "role"> & Stale & { scopes: Scope[] }
    >(
      `select a.id, a.role, t.scopes,
         (t.used_at is null or t.used_at < date_trunc('day', now())) as "isStale"
       from access_token t join account a on a.id = t.account_id
       where t.hash = $1 and t.expires_at > now() and a.disabled_at is null`,
      [credential],
    );
    if (!found) return null;
    if (found.isStale) {
      await this.#database.query(
        "update access_token set used_at = date_trunc('day', now()) where hash = $1",
        [credential],
      );
    }
    const scopes = new Set<Scope>(["read", ...found.scopes]);
    return { accountId: found.id, role: found.role, scopes, by: "token", credential };
  }

  /** Ends the session, or takes the token back, that somebody has come with. */
  async end({ by, credential, accountId }: Caller): Promise<void> {
    const table = by === "session" ? "session" : "access_token";
    await this.#database.query(`delete from ${table} where hash = $1`, [credential]);
    if (by === "token") await this.#record(accountId);
  }

  async endSessions(accountId: string): Promise<void> {
    await this.#database.query("delete from session where account_id = $1", [accountId]);
  }

  async tokens(accountId: string): Promise<Token[]> {
    const rows = await this.#database.query<TokenRow>(
      `select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt",
         used_at as "usedAt"
       from access_token where account_id = $1 order by created_at desc, id`,
      [accountId],
    );
    return rows.map(toToken);
  }

  /** @returns Null if the account has too many already. */
  async makeToken(
    accountId: string,
    { name, scopes, days }: { name: string; scopes: readonly Scope[]; days: number },
    most: number,
  ): Promise<(Token & { token: string }) | null> {
    const token = TOKEN_PREFIX + makeSecret();
    const made = await this.#database.transaction(async (tx) => {
      await tx.query("select 1 from account where id = $1 for update", [accountId]);
      const [held] = await tx.query<{ count: number }>(
        "select count(*)::int as count from access_token where account_id = $1",
        [accountId],
      );
      if (held!.count >= most) return null;
      const [row] = await tx.query<TokenRow>(
        `insert into access_token (id, account_id, name, hash, scopes, expires_at)
         values ($1, $2, $3, $4, $5::text[], now() + $6 * interval '1 day')
         returning id, name, scopes, created_at as "createdAt", expires_at as "expiresAt",
           used_at as "usedAt"`,
        [randomUUID(), accountId, name, hashSecret(token), [...new Set(scopes)], days],
      );
      return row!;
    });
    if (!made) return null;
    await this.#record(accountId);
    return { ...toToken(made), token };
  }

  /** @returns Whether the account had such a token. */
  async removeToken(accountId: string, id: string): Promise<boolean> {
    const sql = "delete from access_token where account_id = $1 and id = $2 returning 1";
    const removed = await this.#database.query(sql, [accountId, id]);
    if (removed.length > 0) await this.#record(accountId);
    return removed.length > 0;
  }

  /**
   * @returns The account as it is then; null if there is none.
   * @throws AppError `not_allowed` if nobody would be left to look after the dock.
   */
  async change(
    id: string,
    {
      role,
      disabled,
    }: { readonly role?: Role | undefined; readonly disabled?: boolean | undefined },
  ): Promise<KnownAccount | null> {
    const changed = await this.#database.transaction(async (tx) => {
      await tx.script("lock table account in share row exclusive mode");
      const [account] = await tx.query<KnownAccount>(
        `update account set role = coalesce($2, role),
           disabled_at = case when $3::boolean then coalesce(disabled_at, now())
             when not $3::boolean then null else disabled_at end
         where id = $1 returning ${columns}`,
        [id, role ?? null, disabled ?? null],
      );
      if (!account) return null;
      await keepOneAdmin(tx);
      if (account.disabledAt) await tx.query("delete from session where account_id = $1", [id]);
      return account;
    });
    if (changed) await this.#record(id);
    return changed;
  }

  /**
   * What it shared stays, and belongs to nobody.
   *
   * @throws AppError `not_allowed` if nobody would be left to look after the dock.
   */
  async remove(id: string): Promise<boolean> {
    const isRemoved = await this.#database.transaction(async (tx) => {
      await tx.script("lock table account in share row exclusive mode");
      const gone = await tx.query("delete from account where id = $1 returning 1", [id]);
      if (gone.length > 0) await keepOneAdmin(tx);
      return gone.length > 0;
    });
    if (isRemoved) await this.#record(id);
    return isRemoved;
  }

  /** Keeps every account anew. */
  async recordAll(): Promise<void> {
    const rows = await this.#database.query<{ id: string }>("select id from account order by id");
    for (const { id } of rows) await this.#record(id);
  }

  /** Puts back what was kept. */
  async bringBack(record: AccountRecord): Promise<void> {
    const { tokens, createdAt, disabledAt, ...account } = record;
    await this.#database.transaction(async (tx) => {
      await insertAccount(tx, account);
      await tx.query(
        "update account set created_at = $2::timestamptz, disabled_at = $3::timestamptz where id = $1",
        [account.id, createdAt, disabledAt],
      );
      for (const { id, name, hash, scopes, ...times } of tokens) {
        await tx.query(
          `insert into access_token (id, account_id, name, hash, scopes, created_at, expires_at)
           values ($1, $2, $3, $4, $5::text[], $6::timestamptz, $7::timestamptz)`,
          [id, account.id, name, hash, scopes, times.createdAt, times.expiresAt],
        );
      }
    });
  }

  /** What is kept last is what the database says by then. */
  async #record(id: string): Promise<void> {
    const keep = this.#keep;
    if (!keep) return;
    await this.#keeping.take(async () => keep(id, await recordOf(this.#database, id)));
  }
}

interface Stale {
  readonly isStale: boolean;
}

interface TokenRow {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

function toToken({ createdAt, expiresAt, usedAt, ...rest }: TokenRow): Token {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  };
}

async function insertAccount(
  tx: Sql,
  account: NewAccount & { readonly id: string },
): Promise<void> {
  const { id, email, name, role, passwordHash } = account;
  try {
    await tx.query(
      `insert into account (id, email, email_key, name, role, password_hash)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, email, keyOf(email), name, role, passwordHash],
    );
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === "23505")) throw error;
    throw new AppError("already_there", "this e-mail address has an account already: log in");
  }
}

async function takeCode(tx: Sql, code: string, purposes: readonly Purpose[]): Promise<OpenedCode> {
  const [taken] = await tx.query<OpenedCode>(
    `delete from one_time_code where hash = $1 and expires_at > now() and purpose = any($2::text[])
     returning purpose, email, role`,
    [hashSecret(code), purposes],
  );
  if (taken) return taken;
  throw gone();
}

function gone(): AppError {
  return new AppError("not_found", "the link was used before, or is too old: ask for another");
}

async function countAdmins(sql: Pick<Sql, "query">): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    "select count(*)::int as count from account where role = 'admin' and disabled_at is null",
  );
  return row!.count;
}

async function keepOneAdmin(tx: Sql): Promise<void> {
  if ((await countAdmins(tx)) > 0) return;
  throw new AppError("not_allowed", "nobody would be left to look after the dock");
}

/** Two addresses with the same key are one. */
function keyOf(email: string): string {
  return email.toLowerCase();
}
