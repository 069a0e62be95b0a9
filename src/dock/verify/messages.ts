/** @file What a dock and the process that verifies tell each other, a line of JSON each. */

import { z } from "zod";

import { LearnwareEdit, WireCheck } from "../../contracts/http/my-api";
import { Space } from "../../engine/kinds/space-schema";

/** First to the process. */
export const VerifyJob = z.object({
  /** The zip; the process writes into no other folder than where it lies. */
  zip: z.string(),
  edit: LearnwareEdit.nullable(),
});
export type VerifyJob = z.infer<typeof VerifyJob>;

/** Then to the process, if it asked. */
export const SpaceAnswer = z.object({ space: Space.nullable() });

/** From the process. */
export const FromProcess = z.union([
  /** From here on, it is the zip that takes the time. */
  z.object({ ready: z.literal(true) }),
  z.object({ check: WireCheck }),
  z.object({ space: z.object({ id: z.string().max(200), version: z.number() }) }),
  /** It is over; what the zip tells lies in `PARTS`, if it was not refused. */
  z.object({ over: z.boolean() }),
]);
export type FromProcess = z.infer<typeof FromProcess>;

/** Files in the folder of a job. */
export const ZIP = "learnware.zip";
export const EDITED = "edited.zip";
export const PARTS = "parts.json";
