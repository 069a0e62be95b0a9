import { normaliseShares } from "../outputs/average";

/** Of how many classes a learnware knows. Measured: 2 to 3 do about as well, 1 and 4 less so. */
const POWER = 2.5;

/**
 * Shares of classifiers that know different numbers of classes: wₘ ∝ sₘ · cₘ^2.5.
 *
 * One that does not know a row's class names another all the same, and often as surely. The more classes it knows, the likelier
 * the row's is among them; and what was picked out of many says more than what was picked out of few.
 *
 * @param shares - Shape [m], ≥ 0 and not all 0: s, by how near each lies to the rows.
 * @param classes - Shape [m]: c, how many classes each knows; 0 where numbers are predicted.
 * @returns Shape [m], sum 1; the shares as they are where all know as many.
 */
export function weighByClasses(shares: Float64Array, classes: readonly number[]): Float64Array {
  if (classes.every((count) => count === classes[0])) return shares;
  return normaliseShares(shares.map((share, m) => share * classes[m]! ** POWER));
}
