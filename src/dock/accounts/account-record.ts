import { z } from "zod";

import { AccountId, Email, Role, Scope, TokenId } from "../../contracts/http/account-api";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What must outlive the database about an account. Who was logged in has to log in again. */
export const AccountRecord = z.strictObject({
  id: AccountId,
  email: Email,
  name: z.string(),
  role: Role,
  passwordHash: z.string().startsWith("$argon2id$").max(300),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  tokens: z.array(
    z.strictObject({
      id: TokenId,
      name: z.string(),
      hash: Hash,
      scopes: z.array(Scope),
      createdAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
    }),
  ),
});
export type AccountRecord = z.infer<typeof AccountRecord>;
