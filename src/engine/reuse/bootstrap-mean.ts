import type { Random } from "../random";

const RESAMPLES = 1000;

/**
 * Bootstrap intervals of a mean: the central parts of the means of 1000 resamples of the rows.
 *
 * Cost is O(1000 · n). Source: Efron, Tibshirani, "An Introduction to the Bootstrap" (1993), section 13.3 (percentiles).
 *
 * @param values - Shape [n], n ≥ 1; differences of two losses of the same rows make the interval a paired one.
 * @param levels - What the intervals are to hold, each in (0, 1).
 * @returns Per level: its lower and upper end.
 */
export function bootstrapMean(
  values: Float64Array,
  levels: readonly number[],
  random: Random,
): [number, number][] {
  const n = values.length;
  const means = new Float64Array(RESAMPLES).map(() => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[Math.floor(random() * n)]!;
    return sum / n;
  });
  means.sort();
  return levels.map((level) => {
    const cut = Math.round((RESAMPLES * (1 - level)) / 2);
    return [means[cut]!, means[RESAMPLES - 1 - cut]!];
  });
}
