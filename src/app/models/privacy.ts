/** How much of the user's data may leave the tab. */
export const LEVELS = ["reduced", "private", "nothing"] as const;
export type PrivacyLevel = (typeof LEVELS)[number];

/** Choices of ε: the smaller, the more noise. */
export const EPSILONS = [0.5, 1, 2, 4] as const;
export const DELTA = 1e-5;

/** Spent on one table, more than this hides little. */
export const MOST_EPSILON = 8;

/** Below this many rows at ε = 1 the noise is as long as what tells learnwares apart; it shrinks as 1 / (n ε). */
const FEWEST_ROWS_AT_ONE = 1000;

export interface PrivacyChoice {
  readonly level: PrivacyLevel;
  readonly epsilon: number;
}

export function isTooNoisy(rows: number, epsilon: number): boolean {
  return rows * epsilon < FEWEST_ROWS_AT_ONE;
}
