import { z } from "zod";

/** What data a learnware is for. */
export const KindName = z.enum(["table", "image", "text"]);
export type KindName = z.infer<typeof KindName>;
