/**
 * An interval for a probability, from how often something happened: the p for which |p̂ − p| ≤ z · √(p (1 − p) / n). It
 * says something where the event happened always or never, as a resample of the rows does not.
 *
 * Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
 * Statistical Association 22 (1927); Brown, Cai, DasGupta, "Interval Estimation for a Binomial Proportion", Statistical
 * Science 16 (2001), for why this one.
 *
 * @param count - Of the rows where it happened: 0 to `rows`.
 * @param rows - ≥ 1.
 * @param z - The standard normal quantile of the level: 1.96 for 95 %.
 * @returns Both ends, in [0, 1].
 */
export function shareInterval(count: number, rows: number, z: number): [number, number] {
  const share = count / rows;
  const squared = (z * z) / rows;
  const middle = (share + squared / 2) / (1 + squared);
  const half = (z * Math.sqrt((share * (1 - share)) / rows + squared / (4 * rows))) / (1 + squared);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
