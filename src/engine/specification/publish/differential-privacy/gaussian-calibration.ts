import { EngineError } from "../../../ground/errors";
import { logNormalTail, normalTail } from "./normal-tail";

/** Halvings of the interval that the answer lies in: more than a double can tell apart. */
const HALVINGS = 100;

/** What differential privacy is asked for. */
export interface Budget {
  /** ε, finite and > 0. */
  readonly epsilon: number;
  /** δ, in (0, 1). */
  readonly delta: number;
}

/**
 * How much noise (ε, δ)-differential privacy takes: the smallest σ / Δ for which adding normal
 * noise of standard deviation σ to a vector of L2 sensitivity Δ is private. With r = σ / Δ it is
 * where δ(r) = P(N > εr − 1/(2r)) − e^ε · P(N > εr + 1/(2r)) falls to δ, for a standard normal N.
 *
 * Unlike the textbook's √(2 ln(1.25/δ)) / ε this holds for every ε > 0 and wastes nothing.
 *
 * Source: Balle, Wang, "Improving the Gaussian Mechanism for Differential Privacy: Analytical
 * Calibration and Optimal Denoising", ICML 2018, theorem 8.
 *
 * @returns > 0, rounded up.
 * @throws EngineError `bad_parameter` if ε or δ is out of range.
 */
export function gaussianMultiplier({ epsilon, delta }: Budget): number {
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new EngineError("bad_parameter", `epsilon must be finite and > 0, got ${epsilon}`);
  }
  if (!(delta > 0 && delta < 1)) {
    throw new EngineError("bad_parameter", `delta must be in (0, 1), got ${delta}`);
  }
  let low = 0;
  let high = 1;
  while (gaussianDelta(high, epsilon) > delta) {
    low = high;
    high *= 2;
  }
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (gaussianDelta(middle, epsilon) > delta) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The least δ for which normal noise of standard deviation `multiplier` times the sensitivity is
 * (ε, δ)-differentially private; the formula of `gaussianMultiplier`.
 *
 * @returns In [0, 1).
 */
export function gaussianDelta(multiplier: number, epsilon: number): number {
  const half = 1 / (2 * multiplier);
  const shift = epsilon * multiplier;
  return normalTail(shift - half) - Math.exp(epsilon + logNormalTail(shift + half));
}
