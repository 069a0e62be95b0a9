import type { RandomBytes } from "./random-bytes";

/**
 * A uniform whole number in [0, bound), by rejection: no value is likelier than another.
 *
 * @param bound - ≥ 1.
 */
export function uniformBelow(bound: bigint, random: RandomBytes): bigint {
  const bits = (bound - 1n).toString(2).length;
  const surplus = BigInt(8 * Math.ceil(bits / 8) - bits);
  for (;;) {
    let drawn = 0n;
    for (const byte of random(Math.ceil(bits / 8))) drawn = (drawn << 8n) | BigInt(byte);
    drawn >>= surplus;
    if (drawn < bound) return drawn;
  }
}

/** True with probability numerator / denominator, which is in [0, 1]. */
export function bernoulli(numerator: bigint, denominator: bigint, random: RandomBytes): boolean {
  return uniformBelow(denominator, random) < numerator;
}

/**
 * True with probability exp(−numerator / denominator), exactly.
 *
 * Source: Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020,
 * algorithm 1 (after von Neumann; Forsythe 1972).
 *
 * @param numerator - ≥ 0.
 * @param denominator - > 0.
 */
export function bernoulliExp(numerator: bigint, denominator: bigint, random: RandomBytes): boolean {
  let rest = numerator;
  while (rest > denominator) {
    if (!bernoulliExpSmall(1n, 1n, random)) return false;
    rest -= denominator;
  }
  return bernoulliExpSmall(rest, denominator, random);
}

/** For numerator ≤ denominator: counts how long a run of ever less likely draws goes on. */
function bernoulliExpSmall(numerator: bigint, denominator: bigint, random: RandomBytes): boolean {
  let k = 1n;
  while (bernoulli(numerator, denominator * k, random)) k++;
  return k % 2n === 1n;
}
