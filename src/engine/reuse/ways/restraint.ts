/**
 * The first of several candidates whose mean loss is within noise of the least: the mean of its losses less those of
 * the best, row by row, is at most one standard error of that mean.
 *
 * Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees" (1984), section 3.4.3 (the
 * one-standard-error rule), here of paired differences.
 *
 * @param losses - Per candidate, the most restrained first: shape [n], finite, of the same rows.
 * @returns Its index.
 */
export function firstWithinNoise(losses: readonly Float64Array[]): number {
  const means = losses.map((loss) => loss.reduce((sum, x) => sum + x, 0) / loss.length);
  const best = losses[means.indexOf(Math.min(...means))]!;
  return losses.findIndex((loss) => isWithinNoise(loss, best));
}

function isWithinNoise(loss: Float64Array, best: Float64Array): boolean {
  const n = loss.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const difference = loss[i]! - best[i]!;
    sum += difference;
    squares += difference * difference;
  }
  const mean = sum / n;
  return mean <= 0 || mean * mean * n * (n - 1) <= squares - n * mean * mean;
}
