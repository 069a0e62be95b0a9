import { z } from "zod";

import { AccountId } from "../../../contracts/http/account-api";
import { Island, LearnwareId } from "../../../contracts/http/dock-api";

/** What must outlive the database about a learnware; everything else is in its zip. */
export const LearnwareRecord = z.strictObject({
  id: LearnwareId,
  /** Who put it into the dock. */
  origin: z.string().min(1).max(2000),
  /** Its zips by hash, and when each was put; the last is the one that is served. */
  versions: z
    .array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), at: z.iso.datetime() }))
    .min(1),
  islandId: Island.shape.id,
  /** Whose it is; null for nobody's. Records of docks before say nothing of it. */
  ownerId: AccountId.nullable().default(null),
  /** When it was taken out of the dock; null while it is in. */
  deletedAt: z.iso.datetime().nullable(),
});
export type LearnwareRecord = z.infer<typeof LearnwareRecord>;
