import type { LearnwareCard, SearchPage } from "../../contracts/http/dock-api";
import type { FindDock } from "./ports";
import { unlessGone } from "./unless-gone";

/** Which learnware makes another redundant, by their ids. */
export type Marks = ReadonlyMap<string, string | null>;

/** What a dock's answer says of it. */
export function marksOf(singles: SearchPage["singles"]): Marks {
  return new Map(singles.map(({ learnware, coveredBy }) => [learnware.id, coveredBy]));
}

/**
 * By the id of each redundant learnware, the card of the one that makes it redundant, as long as that
 * one is there. Those that are not among the cards are fetched, in the order of their ids.
 */
export async function coversOf(
  dock: Pick<FindDock, "learnware">,
  cards: readonly LearnwareCard[],
  marks: Marks,
): Promise<Map<string, LearnwareCard>> {
  const known = new Map(cards.map((card) => [card.id, card]));
  const wanted = new Set(cards.flatMap(({ id }) => marks.get(id) ?? []));
  for (const id of [...wanted].filter((id) => !known.has(id)).sort()) {
    const card = await unlessGone(dock.learnware(id));
    if (card) known.set(id, card);
  }
  return new Map(
    cards.flatMap(({ id }) => {
      const cover = known.get(marks.get(id) ?? "");
      return cover ? [[id, cover] as const] : [];
    }),
  );
}
