import { z } from "zod";

import { AccountId } from "../../../contracts/http/account-api";
import { IslandId, LearnwareId } from "../../../contracts/http/dock-api";
import { LearnwareEdit } from "../../../contracts/http/my-api";

/** What must outlive the database about a submission. One that was being verified waits again. */
export const KeptSubmission = z.strictObject({
  number: z.int().positive(),
  ownerId: AccountId,
  learnwareId: LearnwareId.nullable(),
  islandId: IslandId.nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().nonnegative(),
  edit: LearnwareEdit.nullable(),
  state: z.enum(["waiting", "verified", "refused"]),
  /** As they were told. */
  checks: z.array(z.looseObject({ id: z.string() })),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type KeptSubmission = z.infer<typeof KeptSubmission>;
