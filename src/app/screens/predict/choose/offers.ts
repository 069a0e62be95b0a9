import type { LearnwareCard } from "../../../../contracts/http/dock-api";
import { shortlist } from "../../../../engine/reuse/predict/shortlist";
import type { Fit, Ranking } from "../../../../engine/search/rank";
import type { CandidateSpec } from "../../../../engine/specification/candidate-spec";

export interface OfferMember {
  readonly card: LearnwareCard;
  /** Share in the answer; the shares of an offer sum to one. Null in a shortlist: the rows tell when it is run. */
  readonly weight: number | null;
  readonly spec: CandidateSpec | null;
}

/**
 * One thing the user can choose: a learnware, a weighted mixture of several, or the shortlist, of which the rows decide
 * how it is put together.
 */
export interface Offer {
  readonly key: string;
  readonly kind: "single" | "mixture" | "shortlist";
  readonly fit: Fit;
  /** Heaviest first, of a shortlist the nearest; never empty. */
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
 * What a ranking offers, each with its cards: the shortlist first, then the mixture, and last what is nearly the same
 * as something else that is offered.
 *
 * @param specifications - Of the learnwares that were ranked.
 * @param covers - By the id of a redundant learnware, the one that makes it redundant.
 */
export function offersFrom(
  ranking: Ranking,
  cards: readonly LearnwareCard[],
  specifications: readonly CandidateSpec[],
  covers: ReadonlyMap<string, LearnwareCard>,
): Offer[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const specs = new Map(specifications.map((spec) => [spec.id, spec]));
  const membersOf = (parts: readonly { readonly id: string; readonly weight: number }[]) =>
    parts.flatMap(({ id, weight }) => {
      const card = byId.get(id);
      return card ? [{ card, weight, spec: specs.get(id) ?? null }] : [];
    });
  const mixed = normalised(membersOf(ranking.mixture?.members ?? []));
  const singles = ranking.singles.flatMap((single) => {
    const members = membersOf([{ id: single.id, weight: 1 }]);
    if (members.length === 0) return [];
    const coveredBy = covers.get(single.id) ?? null;
    return [{ ...offer(single.id, "single", single, members), coveredBy }];
  });
  const isSpare = ({ coveredBy }: Offer) => coveredBy !== null && byId.has(coveredBy.id);
  const distinct = singles.filter((one) => !isSpare(one));
  const offers = [...distinct, ...singles.filter(isSpare)];
  const { mixture } = ranking;
  if (mixture && mixed.length > 1) offers.unshift(offer("mixture", "mixture", mixture, mixed));
  const listed = shortlist(alike(distinct), ({ members: [member] }) => member!.card.sizeBytes);
  if (listed.length > 1) {
    const members = listed.map(({ members: [member] }) => ({ ...member!, weight: null }));
    offers.unshift(offer("shortlist", "shortlist", mixture ?? listed[0]!.fit, members));
  }
  return offers;
}

/** Those that predict what the first one predicts. */
function alike(singles: readonly Offer[]): Offer[] {
  const wanted = singles[0]?.members[0]?.card;
  return singles.filter(({ members: [member] }) => {
    const { task, target } = member!.card;
    return task === wanted?.task && target === wanted.target;
  });
}

function normalised<M extends { readonly weight: number }>(members: readonly M[]): M[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members
    .map((member) => ({ ...member, weight: member.weight / total }))
    .sort((a, b) => b.weight - a.weight);
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
