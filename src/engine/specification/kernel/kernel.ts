import { EngineError } from "../../ground/errors";
import { checkGamma } from "./gaussian";

/** k(x, z) = exp(−gamma · ‖x − z‖²). */
interface GaussianKernel {
  readonly kind: "gaussian";
  /** In 1 / (scaled unit)²; finite and > 0. */
  readonly gamma: number;
}

/** What two points of a space have in common. A further kernel joins the union here, and in `kernel-schema`. */
export type Kernel = GaussianKernel;

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
