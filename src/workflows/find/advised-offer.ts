import type { Offer, OfferCard } from "./offers";

/**
 * What to use where nobody is asked to choose: the first offer that is advised; null if none is. A learnware that
 * is alone stands as a shortlist of one, so that all ways of reuse are open to it.
 *
 * @param anyway - Take the first even if it is not advised.
 */
export function advisedOffer<Card extends OfferCard>(
  offers: readonly Offer<Card>[],
  anyway: boolean,
): Offer<Card> | null {
  const offer = offers.find(({ recommended }) => recommended) ?? (anyway ? offers[0] : undefined);
  if (!offer) return null;
  if (offer.kind !== "single") return offer;
  const members = offer.members.map((member) => ({ ...member, weight: null }));
  return { ...offer, kind: "shortlist", members };
}
