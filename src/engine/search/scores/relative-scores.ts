/** @file The scores that the market of the Python package `learnware` 0.3.2 shows instead of distances. */

/** Share of the mean distance that counts as no distance. */
const DISTANCE_RATIO = 0.1;
/** The least that the best result may get. */
const LEAST_BEST = 0.92;
/** Scores below this are raised towards it. */
const IMPROVED = 0.7;
/** Results below this are left out. */
const LEAST_SHOWN = 0.6;

/**
 * Distances as scores relative to each other: (max − d) / (max − ε), where ε is a tenth of the mean
 * distance, or the least distance if that is less, or what gives the best 0.92; a score below 0.7 is
 * raised to min(√score, 0.7). The farthest always gets 0, and the nearest at least 0.92.
 *
 * @param distances - Any number of them, finite, in any order; rounding may leave one below 0.
 * @returns In the same order, each in [0, 1]; all 1 if the distances are equal.
 */
export function scoresOfDistances(distances: readonly number[]): number[] {
  const least = Math.min(...distances);
  const most = Math.max(...distances);
  if (least === most) return distances.map(() => 1);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const none = DISTANCE_RATIO * mean;
  let span = most - Math.min(none, least);
  // Not by way of ε: of distances that are nearly equal little of their difference would be left.
  if (least >= none) span = Math.min(span, (most - least) / LEAST_BEST);
  return distances.map((distance) => {
    const score = (most - distance) / span;
    return score < IMPROVED ? Math.min(Math.sqrt(score), IMPROVED) : score;
  });
}

/** How many of these descending scores are shown: at least one, and then as long as they are 0.6 or more. */
export function countShown(scores: readonly number[]): number {
  const below = scores.findIndex((score, i) => i > 0 && score < LEAST_SHOWN);
  return below < 0 ? scores.length : below;
}

/**
 * Raise a lone result below 0.6 to 0.6, and the mixture's score in the same ratio, at most to 1
 * (a hundredfold where the lone score is next to nothing).
 *
 * @param shown - Scores of the single results that are shown.
 * @param mixture - Score of the mixture, if there is one.
 */
export function liftLone(
  shown: readonly number[],
  mixture: number | null,
): { readonly shown: readonly number[]; readonly mixture: number | null } {
  const [lone] = shown;
  if (shown.length !== 1 || lone === undefined || lone >= LEAST_SHOWN) return { shown, mixture };
  const ratio = lone > 1e-6 ? LEAST_SHOWN / lone : 100;
  return {
    shown: [LEAST_SHOWN],
    mixture: mixture === null ? null : Math.min(1, mixture * ratio),
  };
}
