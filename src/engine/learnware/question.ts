import { z } from "zod";

import type { KindName } from "../ground/kind-name";
import { boundedText } from "../ground/bounded-text";

/** What the learnwares of an island answer: the same target, or which of the same labels. */
export const Question = z.discriminatedUnion("form", [
  z.object({ form: z.literal("target"), target: boundedText(200, 1) }),
  z.object({ form: z.literal("labels"), labels: z.array(boundedText(200)).min(1).max(1000) }),
]);
export type Question = z.infer<typeof Question>;

/**
 * What a learnware answers. Of a table the target tells it, whose classes may differ from one domain
 * to the next; of pictures and texts the labels do, in alphabetical order.
 */
export function questionOf({
  kind,
  target,
  labels,
}: {
  readonly kind: KindName;
  readonly target: string;
  readonly labels: readonly string[];
}): Question {
  if (kind === "table" || labels.length === 0) return { form: "target", target };
  return { form: "labels", labels: [...labels].sort() };
}

export function sameQuestion(a: Question, b: Question): boolean {
  if (a.form === "target") return b.form === "target" && a.target === b.target;
  return b.form === "labels" && a.labels.join("\n") === b.labels.join("\n");
}
