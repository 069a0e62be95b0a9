import { z } from "zod";

import { AccountId } from "../../../contracts/http/account-api";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What must outlive the database about a zip on its way in. */
export const KeptUpload = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  ownerId: AccountId,
  sizeBytes: z.int().positive(),
  receivedBytes: z.int().nonnegative(),
  /** Of the whole, once it is there. */
  sha256: Hash.nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  parts: z.array(z.strictObject({ from: z.int().nonnegative(), sha256: Hash })),
});
export type KeptUpload = z.infer<typeof KeptUpload>;
