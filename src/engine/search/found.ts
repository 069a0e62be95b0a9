/** @file What a search answers, wherever it is made. */

import type { Fit, MixtureFit } from "./rank";
import { redundantLast } from "./scores/redundant-last";

/** How many of the nearest by sketch are compared exactly, and the most that are answered. */
export const MOST_FOUND = 200;

/** How well a learnware fits. */
export interface FoundFit extends Omit<Fit, "coverage"> {
  /** Null when asked with a sketch, which has no points to cover. */
  readonly coverage: number | null;
  /** The learnware that makes it redundant. */
  readonly coveredBy: string | null;
}

export interface Found<Single extends FoundFit> {
  /** Best first; those that another one makes redundant after all others. */
  readonly singles: readonly Single[];
  readonly mixture: MixtureFit | null;
}

/** @param singles - Best first. */
export function foundOf<Single extends FoundFit>(
  singles: readonly Single[],
  mixture: MixtureFit | null = null,
): Found<Single> {
  return { singles: redundantLast(singles).slice(0, MOST_FOUND), mixture };
}
