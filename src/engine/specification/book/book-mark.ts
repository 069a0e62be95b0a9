import { z } from "zod";

/** Which book specifications of a version of a space are weights on: its file, by what is in it. */
export const BookMark = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** How many points it has. */
  points: z.int().min(1).max(2000),
});
export type BookMark = z.infer<typeof BookMark>;
