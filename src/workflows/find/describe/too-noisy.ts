import { sketchLength } from "../../../contracts/wire/sketch-length";
import type { Space } from "../../../engine/kinds/space";
import { gaussianMultiplier } from "../../../engine/specification/publish/differential-privacy/gaussian-calibration";
import {
  ON_BOOK,
  ON_FEATURES,
  sketchSensitivity,
} from "../../../engine/specification/publish/differential-privacy/private-sketch";
import { DELTA } from "../privacy";

/**
 * Noise as long as this makes one learnware look like the next: on the shipped islands of house
 * sales, flights and census the nearest neighbours' sketches are 0.16 to 0.18 apart.
 */
const LONGEST_NOISE = 0.17;

/**
 * Whether the noise is expected to be longer than what it hides is worth; at ε = 1, below 1000 rows, and below 500 where
 * the space has a book of 256 points.
 */
export function isTooNoisy(rows: number, epsilon: number, space: Pick<Space, "book">): boolean {
  const kind = space.book ? ON_BOOK : ON_FEATURES;
  const deviation = gaussianMultiplier({ epsilon, delta: DELTA }) * sketchSensitivity(kind, rows);
  return deviation * Math.sqrt(sketchLength(space)) >= LONGEST_NOISE;
}
