import type { LearnwareCard } from "../../contracts/dock-api";
import type { Fit, Ranking } from "../../engine/search/rank";

interface OfferMember {
  readonly card: LearnwareCard;
  /** Share in the answer; the shares of an offer sum to one. */
  readonly weight: number;
}

/** One thing the user can choose: a learnware, or a weighted mixture of several. */
export interface Offer {
  readonly key: string;
  readonly kind: "single" | "mixture";
  readonly fit: Fit;
  /** Heaviest first; never empty. */
  readonly members: readonly OfferMember[];
  readonly recommended: boolean;
  /** The learnware that this one is nearly the same as. */
  readonly coveredBy: LearnwareCard | null;
}

/**
 * Below these, predictions would be made far from what the model has seen. On the shipped markets
 * the best learnware of a place nobody trained for reaches 0.73 to 0.99, an arbitrary one 0.2 to 0.6.
 */
export const LEAST_SIMILARITY = 0.6;
export const LEAST_COVERAGE = 0.3;

export type Closeness = "very_close" | "close" | "some" | "far";

export function closeness({ similarity }: Fit): Closeness {
  if (similarity >= 0.95) return "very_close";
  if (similarity >= 0.85) return "close";
  return similarity >= LEAST_SIMILARITY ? "some" : "far";
}

/**
 * What a ranking offers, each with its cards: the mixture first, and last what is nearly the same as
 * something else that is offered.
 *
 * @param covers - By the id of a redundant learnware, the one that makes it redundant.
 */
export function offersFrom(
  ranking: Ranking,
  cards: readonly LearnwareCard[],
  covers: ReadonlyMap<string, LearnwareCard>,
): Offer[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const offers: Offer[] = [];
  if (ranking.mixture) {
    const members = ranking.mixture.members.flatMap(({ id, weight }) => {
      const card = byId.get(id);
      return card ? [{ card, weight }] : [];
    });
    members.sort((a, b) => b.weight - a.weight);
    const total = members.reduce((sum, { weight }) => sum + weight, 0);
    if (members.length > 1) {
      const shares = members.map(({ card, weight }) => ({ card, weight: weight / total }));
      offers.push(offer("mixture", "mixture", ranking.mixture, shares));
    }
  }
  const singles = ranking.singles.flatMap((single) => {
    const card = byId.get(single.id);
    if (!card) return [];
    const coveredBy = covers.get(card.id) ?? null;
    return [{ ...offer(card.id, "single", single, [{ card, weight: 1 }]), coveredBy }];
  });
  const isSpare = ({ coveredBy }: Offer) => coveredBy !== null && byId.has(coveredBy.id);
  return [...offers, ...singles.filter((one) => !isSpare(one)), ...singles.filter(isSpare)];
}

function offer(
  key: string,
  kind: Offer["kind"],
  { mmd2, similarity, coverage }: Fit,
  members: readonly OfferMember[],
): Offer {
  const recommended = similarity >= LEAST_SIMILARITY && coverage >= LEAST_COVERAGE;
  return {
    ...{ key, kind, fit: { mmd2, similarity, coverage }, members, recommended },
    coveredBy: null,
  };
}
