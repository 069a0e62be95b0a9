import type { Description } from "../../contracts/workers/description";

/** How much of the user's data may leave the tab. */
export const LEVELS = ["reduced", "private", "nothing"] as const;
export type PrivacyLevel = (typeof LEVELS)[number];

/** Choices of ε: the smaller, the more noise. */
export const EPSILONS = [0.5, 1, 2, 4] as const;
export const DELTA = 1e-5;

/** Spent on one table, more than this hides little. */
export const MOST_EPSILON = 8;

/**
 * An outline of fewer points is no outline: it is the averages of so many groups of rows. Nobody sends that without having
 * looked.
 */
const FEWEST_POINTS = 5;

export function isPlainAverage({
  bookWeights,
  preflight,
}: Pick<Description, "bookWeights" | "preflight">): boolean {
  return bookWeights === null && preflight.points < FEWEST_POINTS;
}

export interface PrivacyChoice {
  readonly level: PrivacyLevel;
  readonly epsilon: number;
}
