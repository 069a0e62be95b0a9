/** @file What is in `public/starter/`: the learnwares a fresh dock begins with, beside `packages/<id>.zip`. */

import { z } from "zod";

import { Island } from "../engine/island/island";
import { LearnwareId } from "./dock-api";

export const StarterIndex = z.object({
  format: z.literal("berth-starter-1"),
  islands: z.array(Island),
  packages: z.array(
    z.object({
      id: LearnwareId,
      /** Of the zip, in hex. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      sizeBytes: z.int().positive(),
    }),
  ),
});
export type StarterIndex = z.infer<typeof StarterIndex>;
