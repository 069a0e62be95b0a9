import type { Random } from "../../ground/random";

const RESAMPLES = 1000;

/**
 * Bootstrap interval of a mean: the central part of the means of 1000 resamples of the rows.
 *
 * Cost is O(1000 · n). Source: Efron, Tibshirani, "An Introduction to the Bootstrap" (1993), section 13.3 (percentiles).
 *
 * @param values - Shape [n], n ≥ 1; differences of two losses of the same rows make the interval a paired one.
 * @param level - What the interval is to hold, in (0, 1).
 * @returns Its lower and upper end.
 */
export function bootstrapMean(
  values: Float64Array,
  level: number,
  random: Random,
): [number, number] {
  const n = values.length;
  const means = new Float64Array(RESAMPLES).map(() => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[Math.floor(random() * n)]!;
    return sum / n;
  });
  means.sort();
  const cut = Math.round((RESAMPLES * (1 - level)) / 2);
  return [means[cut]!, means[RESAMPLES - 1 - cut]!];
}
