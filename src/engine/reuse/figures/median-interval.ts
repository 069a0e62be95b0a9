/**
 * An interval that holds the median of what values are drawn from, whatever that is: from the k-th smallest value to the
 * k-th largest, k the largest for which fewer than k of n fair coins fall heads with probability (1 − level) / 2 or less.
 *
 * A mean has no such interval: rows that are rare and far off decide it, and may not be among the values.
 *
 * Source: Thompson, "On Confidence Ranges for the Median and Other Expectation Distributions for Populations of Unknown
 * Distribution Form", Annals of Mathematical Statistics 7 (1936).
 *
 * @param values - Shape [n], n ≥ 1, finite; drawn independently.
 * @param level - In (0, 1): the probability to hold it is no less. The ends are the extremes where n is too small for it.
 * @returns The median of the values, and the ends of the interval.
 */
export function medianInterval(
  values: Float64Array,
  level: number,
): { readonly median: number; readonly interval: readonly [number, number] } {
  const n = values.length;
  const sorted = values.slice().sort();
  let log = -n * Math.LN2;
  let below = Math.exp(log);
  let cut = 0;
  for (let k = 1; k < n / 2; k++) {
    if (below > (1 - level) / 2) break;
    cut = k - 1;
    log += Math.log((n - k + 1) / k);
    below += Math.exp(log);
  }
  const median = (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
  return { median, interval: [sorted[cut]!, sorted[n - 1 - cut]!] };
}
