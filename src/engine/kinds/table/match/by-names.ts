import type { Space } from "../space/space";
import { nameSimilarity } from "./names";

/** Islands whose features match worse than this on average have another subject. */
const LEAST_SCORE = 0.5;

/**
 * Islands with features of the given names: for each feature the most similar name counts, and the
 * score is the mean over the features. Cost O(features · names).
 *
 * @param names - Of columns, as somebody has them.
 * @returns Best first; score in [0.5, 1].
 */
export function islandsByNames(
  islands: readonly Pick<Space, "id" | "features">[],
  names: readonly string[],
): { id: string; score: number }[] {
  return islands
    .map(({ id, features }) => {
      const best = features.map(({ name, aliases }) =>
        Math.max(
          ...[name, ...aliases].flatMap((one) => names.map((asked) => nameSimilarity(one, asked))),
        ),
      );
      return { id, score: best.reduce((sum, value) => sum + value, 0) / best.length };
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
