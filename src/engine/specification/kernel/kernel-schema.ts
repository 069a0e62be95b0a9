/** @file A kernel as files and messages have it: apart, because the page's first screen does without zod. */

import { z } from "zod";

const Gaussian = z.object({
  kind: z.literal("gaussian"),
  gamma: z.number().min(1e-12).max(1e12),
});

export const Kernel = z.discriminatedUnion("kind", [Gaussian]);

/** What was written when there was one kernel had its width alone, as `gamma`. */
export function withKernel(content: unknown): unknown {
  if (typeof content !== "object" || content === null || !("gamma" in content)) return content;
  const { gamma, ...others } = content;
  return { kernel: { kind: "gaussian", gamma }, ...others };
}
