import { z } from "zod";

import { boundedText } from "../ground/bounded-text";

/** What the learnwares of an island answer: the same target, or which of the same labels. */
export const Question = z.discriminatedUnion("form", [
  z.object({ form: z.literal("target"), target: boundedText(200, 1) }),
  z.object({ form: z.literal("labels"), labels: z.array(boundedText(200)).min(1).max(1000) }),
]);
export type Question = z.infer<typeof Question>;

/**
 * What a learnware answers: what it predicts. Its classes may differ from one domain to the next, and learnwares of some of the
 * classes are put together.
 */
export function questionOf({ target }: { readonly target: string }): Question {
  return { form: "target", target };
}

export function sameQuestion(a: Question, b: Question): boolean {
  if (a.form === "target") return b.form === "target" && a.target === b.target;
  return b.form === "labels" && a.labels.join("\n") === b.labels.join("\n");
}
