import { countShown, liftLone, scoresOfDistances } from "../engine/compat/scores";
import type { Found, FoundSingle } from "./finder";

/** A result with the relative score that the Python package would show. */
type Scored<T> = T & { readonly score: number | null };

export interface ScoredFound {
  readonly singles: readonly Scored<FoundSingle>[];
  readonly mixture: Scored<NonNullable<Found["mixture"]>> | null;
}

/**
 * What the Python package would show of these results: scores relative to each other, only results
 * from 0.6 on, and no mixture that shows the same percentage as the best single one.
 */
export function withCompatScores({ singles, mixture }: Found): ScoredFound {
  if (singles.length === 0) return { singles: [], mixture: null };
  const sorted = singles.toSorted((a, b) => a.mmd2 - b.mmd2);
  const distances = sorted.map(({ mmd2 }) => mmd2);
  const scores = scoresOfDistances(mixture ? [...distances, mixture.mmd2] : distances);
  const ofMixture = mixture ? scores.pop()! : null;
  const isShown = ofMixture !== null && percent(ofMixture) !== percent(scores[0]!);
  const lifted = liftLone(scores.slice(0, countShown(scores)), isShown ? ofMixture : null);
  return {
    singles: lifted.shown.map((score, i) => ({ ...sorted[i]!, score })),
    mixture: mixture && lifted.mixture !== null ? { ...mixture, score: lifted.mixture } : null,
  };
}

function percent(score: number): number {
  return Math.floor(100 * score);
}
