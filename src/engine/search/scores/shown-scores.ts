import { redundantLast } from "./redundant-last";
import { countShown, liftLone, scoresOfDistances } from "./relative-scores";

interface Fitting {
  readonly mmd2: number;
}

interface FittingSingle extends Fitting {
  readonly coveredBy: string | null;
}

type Scored<T> = T & { readonly score: number | null };

/** Results of a search, with relative scores if they were asked for. */
export interface ScoredResults<Single, Mixture> {
  readonly singles: readonly Scored<Single>[];
  readonly mixture: Scored<Mixture> | null;
}

/**
 * What the Python package would show of these results: scores relative to each other, only results
 * from 0.6 on, and no mixture that shows the same percentage as the best single one.
 *
 * @param singles - In any order.
 * @returns Best first, in [0, 1], and as everywhere the redundant ones last.
 */
export function withCompatScores<Single extends FittingSingle, Mixture extends Fitting>(
  singles: readonly Single[],
  mixture: Mixture | null,
): ScoredResults<Single, Mixture> {
  if (singles.length === 0) return { singles: [], mixture: null };
  const sorted = singles.toSorted((a, b) => a.mmd2 - b.mmd2);
  const distances = sorted.map(({ mmd2 }) => mmd2);
  const scores = scoresOfDistances(mixture ? [...distances, mixture.mmd2] : distances);
  const ofMixture = mixture ? scores.pop()! : null;
  const isShown = ofMixture !== null && percent(ofMixture) !== percent(scores[0]!);
  const lifted = liftLone(scores.slice(0, countShown(scores)), isShown ? ofMixture : null);
  return {
    singles: redundantLast(lifted.shown.map((score, i) => ({ ...sorted[i]!, score }))),
    mixture: mixture && lifted.mixture !== null ? { ...mixture, score: lifted.mixture } : null,
  };
}

/** The same results, without scores. */
export function withoutScores<Single, Mixture>(
  singles: readonly Single[],
  mixture: Mixture | null,
): ScoredResults<Single, Mixture> {
  return {
    singles: singles.map((single) => ({ ...single, score: null })),
    mixture: mixture && { ...mixture, score: null },
  };
}

function percent(score: number): number {
  return Math.floor(100 * score);
}
