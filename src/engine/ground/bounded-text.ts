import { z } from "zod";

/** Half a character, or a control character other than a tab and the ends of lines. */
const NOT_PLAIN = /\p{Cs}|(?![\t\n\r])\p{Cc}/u;

/** A text of others that every store keeps, every message carries and every terminal shows as it stands. */
export function boundedText(most: number, least = 0) {
  return z
    .string()
    .min(least)
    .max(most)
    .refine((text) => !NOT_PLAIN.test(text), "holds a control character or half a character");
}
