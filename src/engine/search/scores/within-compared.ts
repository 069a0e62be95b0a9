import type { Fit, Ranking } from "../rank";

/**
 * Fits that count what could not be compared: nothing is more alike, and no more rows are covered, than the share of the
 * features that were compared. The order stays, and so do the distances: they are those in what is known.
 *
 * Where all else is unknown this is the most that can be claimed: a kernel over all features is a product over features,
 * and any factor of what is not known may be 0.
 *
 * @param compared - Share of the space's features that the user's data have, in [0, 1].
 */
export function withinCompared({ singles, mixture }: Ranking, compared: number): Ranking {
  const within = <T extends Fit>(fit: T): T => ({
    ...fit,
    similarity: Math.min(fit.similarity, compared),
    coverage: Math.min(fit.coverage, compared),
  });
  return { singles: singles.map(within), mixture: mixture && within(mixture) };
}
