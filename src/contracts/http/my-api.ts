/** @file The HTTP contract of what people share: uploads, submissions and learnwares of their own. Under `/api/v1/my/`. */

import { z } from "zod";

import { boundedText } from "../../engine/ground/bounded-text";
import { MOST_DESCRIPTION } from "../../engine/learnware/manifest";
import { zipLimits } from "../../engine/learnware/zip/zip-limits";
import { semanticValues } from "../../engine/learnware/semantic-values";
import { CHECKS } from "../../engine/verify/check";
import { IslandId, LearnwareId } from "./dock-api";

/** Of one zip on its way in: what a dock lets in. */
export const MOST_UPLOAD_BYTES = zipLimits.zipBytes;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const UploadId = z.string().regex(/^[0-9a-f]{32}$/);
const SubmissionNumber = z.coerce.number().pipe(z.int().positive());

export const NewUpload = z.strictObject({
  sizeBytes: z
    .int()
    .positive()
    .max(MOST_UPLOAD_BYTES, {
      error: `a learnware's zip may have ${MOST_UPLOAD_BYTES} bytes at most`,
    }),
});

/** A zip on its way in: bytes from `offset` on are yet to come. */
export const UploadState = z.object({
  id: UploadId,
  sizeBytes: z.int().positive(),
  offset: z.int().nonnegative(),
  /** Of the whole, once it is finished. */
  sha256: Sha256.nullable(),
  expiresAt: z.iso.datetime(),
});
export type UploadState = z.infer<typeof UploadState>;

export const FinishUpload = z.strictObject({ sha256: Sha256 });

export const NewSubmission = z.strictObject({
  /** One that is finished. */
  uploadId: UploadId,
  /** A learnware of one's own for a new version of it; else the id that it is to have, or none for the dock to choose. */
  learnwareId: LearnwareId.optional(),
  /** The island to join if several have the learnware's features. */
  islandId: IslandId.optional(),
});
export type NewSubmission = z.infer<typeof NewSubmission>;

/** What can be told anew of a learnware without another zip; the dock packs it anew with the same model. */
export const LearnwareEdit = z
  .strictObject({
    name: boundedText(120, 1).optional(),
    description: boundedText(MOST_DESCRIPTION, 1).optional(),
    scenario: z.array(z.enum(semanticValues.Scenario)).min(1).max(20).optional(),
    licence: z.enum(semanticValues.License).optional(),
  })
  .refine((edit) => Object.values(edit).some((value) => value !== undefined), {
    error: "must change something",
  });
export type LearnwareEdit = z.infer<typeof LearnwareEdit>;

/** One thing that was looked at, and what was found. */
export const WireCheck = z.object({
  id: z.enum(CHECKS),
  state: z.enum(["passed", "warned", "refused"]),
  /** Never changes once shipped; a later dock may have more of them. */
  code: z.string().max(40),
  /** In English; null where it is fine. */
  message: z.string().max(2000).nullable(),
  details: z.record(z.string().max(100), z.union([z.string().max(1000), z.number()])),
  seconds: z.number().nonnegative(),
});

export const Submission = z.object({
  number: z.int().positive(),
  /** Null until the dock has chosen one. */
  learnwareId: LearnwareId.nullable(),
  state: z.enum(["waiting", "running", "verified", "refused"]),
  /** As far as they were made. */
  checks: z.array(WireCheck).max(50),
  sha256: Sha256,
  sizeBytes: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Submission = z.infer<typeof Submission>;

export const SubmissionList = z.object({ submissions: z.array(Submission) });
export const SubmissionParams = z.object({ number: SubmissionNumber });
export const UploadParams = z.object({ id: UploadId });
