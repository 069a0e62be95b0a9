import type { Outcome } from "./reuse.svelte";

/** Names of the learnwares, in the order in which accounts count them. */
export function learnwareNames({ offer, reuse }: Pick<Outcome, "offer" | "reuse">): string[] {
  const nameOf = new Map(offer.members.map(({ card }) => [card.id, card.name]));
  return reuse.preparation.learnwares.map((id) => nameOf.get(id) ?? id);
}
