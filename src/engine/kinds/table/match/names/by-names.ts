import type { Steps } from "../../../../ground/progress";
import type { Space } from "../../space/space";
import { NameIndex } from "./name-index";

/** Islands whose features match worse than this on average have another subject. */
const LEAST_SCORE = 0.5;
/** So many are an answer; who has more names them better. */
export const MOST_BY_NAMES = 100;
/** Features between two looks at whether to go on: about a millisecond. */
const SLICE = 50;

/**
 * Islands with features of the given names: for each feature the most similar name counts, and the
 * score is the mean over the features. A name that many islands have is compared once.
 *
 * @param names - Of columns, as somebody has them.
 * @returns At most 100, best first; score in [0.5, 1].
 */
export async function* islandsByNames(
  islands: readonly Pick<Space, "id" | "features">[],
  names: readonly string[],
): Steps<{ id: string; score: number }[]> {
  const index = new NameIndex([...new Set(names)]);
  const known = new Map<string, number>();
  const bestOf = (name: string) => {
    const best = known.get(name) ?? index.best(name);
    known.set(name, best);
    return best;
  };
  const found: { id: string; score: number }[] = [];
  let sinceSlice = 0;
  for (const [done, { id, features }] of islands.entries()) {
    let sum = 0;
    for (const { name, aliases } of features) {
      sum += Math.max(...[name, ...aliases].map(bestOf));
      if (++sinceSlice % SLICE === 0) yield { stage: "match", done, total: islands.length };
    }
    const score = sum / features.length;
    if (score >= LEAST_SCORE) found.push({ id, score });
  }
  found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return found.slice(0, MOST_BY_NAMES);
}
