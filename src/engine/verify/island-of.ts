/** @file Where among islands a learnware belongs: the same in a dock, which puts it there, and in a page, which says so before. */

import { kindOf } from "../kinds/index";
import type { Space } from "../kinds/space";
import { type Question, sameQuestion } from "../learnware/question";

type SameSpace = NonNullable<ReturnType<ReturnType<typeof kindOf>["life"]["same"]>>;

/** The space that one carried in a zip is; of several the one it names. Null if there is none. */
export function sameSpaceAmong(spaces: readonly Space[], carried: Space): SameSpace | null {
  const { life } = kindOf(carried);
  const byName = ({ id }: Space) => (id === carried.id ? 0 : 1);
  for (const space of [...spaces].sort((a, b) => byName(a) - byName(b))) {
    const same = life.same(space, carried);
    if (same) return same;
  }
  return null;
}

/**
 * The island that a learnware joins, of those of its space: the one wished for if it is settled what that answers, the one that
 * answers the same, or one that answers nothing yet. Null if it founds a further one.
 */
export function islandAnswering<
  Island extends { readonly id: string; readonly question: Question | null },
>(islands: readonly Island[], question: Question, wanted?: string): Island | null {
  const named = islands.find(({ id }) => id === wanted);
  if (named?.question) return named;
  const same = islands.find((one) => one.question && sameQuestion(one.question, question));
  return same ?? named ?? islands.find((one) => one.question === null) ?? null;
}
