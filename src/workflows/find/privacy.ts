import type { Description } from "../../contracts/workers/description";
import type { Space } from "../../engine/kinds/table/space/space";
import { sketchLength } from "../../contracts/wire/sketch-length";
import { gaussianMultiplier } from "../../engine/specification/publish/differential-privacy/gaussian-calibration";
import {
  ON_BOOK,
  ON_FEATURES,
  sketchSensitivity,
} from "../../engine/specification/publish/differential-privacy/private-sketch";

/** How much of the user's data may leave the tab. */
export const LEVELS = ["reduced", "private", "nothing"] as const;
export type PrivacyLevel = (typeof LEVELS)[number];

/** Choices of ε: the smaller, the more noise. */
export const EPSILONS = [0.5, 1, 2, 4] as const;
export const DELTA = 1e-5;

/** Spent on one table, more than this hides little. */
export const MOST_EPSILON = 8;

/**
 * Noise as long as this makes one learnware look like the next: on the shipped islands of house
 * sales, flights and census the nearest neighbours' sketches are 0.16 to 0.18 apart.
 */
const LONGEST_NOISE = 0.17;

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

/**
 * Whether the noise is expected to be longer than what it hides is worth; at ε = 1, below 1000 rows, and below 500 where
 * the space has a book of 256 points.
 */
export function isTooNoisy(rows: number, epsilon: number, space: Pick<Space, "book">): boolean {
  const kind = space.book ? ON_BOOK : ON_FEATURES;
  const deviation = gaussianMultiplier({ epsilon, delta: DELTA }) * sketchSensitivity(kind, rows);
  return deviation * Math.sqrt(sketchLength(space)) >= LONGEST_NOISE;
}
