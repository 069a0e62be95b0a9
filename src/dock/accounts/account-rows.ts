import type { Sql } from "../storage/database/database";
import { inUtc } from "../storage/sql/in-utc";
import { AccountRecord } from "./account-record";

/** What is to be kept of an account; null if there is none. */
export async function recordOf(sql: Pick<Sql, "query">, id: string): Promise<AccountRecord | null> {
  const [row] = await sql.query(
    `select a.id, a.email, a.name, a.role, a.password_hash as "passwordHash",
       ${inUtc("a.created_at")} as "createdAt", ${inUtc("a.disabled_at")} as "disabledAt",
       coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'hash', t.hash,
           'scopes', t.scopes, 'createdAt', ${inUtc("t.created_at")},
           'expiresAt', ${inUtc("t.expires_at")}) order by t.id)
         from access_token t where t.account_id = a.id), '[]') as tokens
     from account a where a.id = $1`,
    [id],
  );
  return row ? AccountRecord.parse(row) : null;
}
