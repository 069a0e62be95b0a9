/** @file Normal noise on whole numbers, drawn exactly: no rounding error that could give the data away. */

import type { RandomBytes } from "./random-bytes";
import { bernoulli, bernoulliExp, uniformBelow } from "./exact-draws";

/**
 * A draw from the discrete Gaussian: the whole number y with probability proportional to
 * exp(−y² / (2σ²)).
 *
 * Drawn by rejection from a discrete Laplace distribution, in whole numbers throughout. A normal
 * number made of floating-point operations would miss some values, and which ones depends on what it
 * is added to (Mironov, "On Significance of the Least Significant Bits for Differential Privacy",
 * CCS 2012).
 *
 * Source: Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020,
 * algorithms 2 and 3.
 *
 * @param sigma - σ, ≥ 1.
 */
export function discreteGaussian(sigma: bigint, random: RandomBytes): bigint {
  const scale = sigma + 1n;
  const variance = sigma * sigma;
  for (;;) {
    const y = discreteLaplace(scale, random);
    const size = y < 0n ? -y : y;
    // (|y| − σ²/t)² / (2σ²), over one denominator.
    const off = size * scale - variance;
    if (bernoulliExp(off * off, 2n * variance * scale * scale, random)) return y;
  }
}

/** The whole number y with probability proportional to exp(−|y| / scale). */
function discreteLaplace(scale: bigint, random: RandomBytes): bigint {
  for (;;) {
    const part = uniformBelow(scale, random);
    if (!bernoulliExp(part, scale, random)) continue;
    let whole = 0n;
    while (bernoulliExp(1n, 1n, random)) whole++;
    const size = part + scale * whole;
    const isNegative = bernoulli(1n, 2n, random);
    if (!(isNegative && size === 0n)) return isNegative ? -size : size;
  }
}
