import { z } from "zod";

import { EngineError } from "../../ground/errors";
import { checkGamma } from "./gaussian";

/** k(x, z) = exp(−gamma · ‖x − z‖²), gamma in 1 / (scaled unit)². */
const GaussianKernel = z.object({
  kind: z.literal("gaussian"),
  gamma: z.number().min(1e-12).max(1e12),
});

/** What two points of a space have in common. A further kernel joins the union here. */
export const Kernel = z.discriminatedUnion("kind", [GaussianKernel]);
export type Kernel = Readonly<z.infer<typeof Kernel>>;

/** What was written when there was one kernel had its width alone, as `gamma`. */
export function withKernel(content: unknown): unknown {
  if (typeof content !== "object" || content === null || !("gamma" in content)) return content;
  const { gamma, ...others } = content;
  return { kernel: { kind: "gaussian", gamma }, ...others };
}

/** @param gamma - Kernel width, in 1 / (scaled unit)². */
export function gaussianKernel(gamma: number): Kernel {
  return { kind: "gaussian", gamma };
}

/**
 * The width of a kernel, for what is worked out under the Gaussian one only.
 *
 * @throws EngineError `unsupported_kernel` if it is another kernel; `bad_parameter` if the width is not finite and > 0.
 */
export function gaussianGamma(kernel: Kernel): number {
  const kind: string = kernel.kind;
  if (kind !== "gaussian") {
    throw new EngineError("unsupported_kernel", `the kernel "${kind}" is not worked out here`);
  }
  checkGamma(kernel.gamma);
  return kernel.gamma;
}

/**
 * Whether embeddings under the two can be compared: widths are the same but for rounding.
 *
 * @throws EngineError as `gaussianGamma`.
 */
export function sameKernel(a: Kernel, b: Kernel): boolean {
  const [one, other] = [gaussianGamma(a), gaussianGamma(b)];
  return Math.abs(one - other) <= 1e-9 * other;
}
