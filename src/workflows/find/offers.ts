import type { LearnwareCard } from "../../contracts/http/dock-api";
import { shortlist } from "../../engine/reuse/predict/shortlist";
import { answeringWith } from "../../engine/reuse/rows/same-question";
import type { Fit, Ranking } from "../../engine/search/rank";
import type { Space } from "../../engine/kinds/space";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";
import { closeness, type Closeness, isNear } from "./verdict";

/** What is known of a learnware before it is downloaded, as far as choosing needs it. */
export type OfferCard = Pick<
  LearnwareCard,
  "id" | "name" | "description" | "task" | "target" | "labels" | "sha256" | "sizeBytes"
>;

export interface OfferMember<Card extends OfferCard = LearnwareCard> {
  readonly card: Card;
  /** Share in the answer; the shares of an offer sum to one. Null in a shortlist: the rows tell when it is run. */
  readonly weight: number | null;
  readonly spec: CandidateSpec | null;
  /** Whether it seems to have learnt from the user's very rows. */
  readonly sameRows: boolean;
}

/**
 * One thing the user can choose: a learnware, a weighted mixture of several, or the shortlist, of which the rows decide
 * how it is put together.
 */
export interface Offer<Card extends OfferCard = LearnwareCard> {
  readonly key: string;
  readonly kind: "single" | "mixture" | "shortlist";
  readonly fit: Fit;
  readonly closeness: Closeness;
  /** Heaviest first, of a shortlist the nearest; never empty. */
  readonly members: readonly OfferMember<Card>[];
  readonly recommended: boolean;
  /** The learnware that this one is nearly the same as. */
  readonly coveredBy: Card | null;
}

/**
 * What a ranking offers, each with its cards: the shortlist first, then the mixture, and last what is nearly the same
 * as something else that is offered.
 *
 * @param specifications - Of the learnwares that were ranked.
 * @param covers - By the id of a redundant learnware, the one that makes it redundant.
 * @param space - In which fits were measured.
 */
export function offersFrom<Card extends OfferCard>(
  ranking: Ranking,
  cards: readonly Card[],
  specifications: readonly CandidateSpec[],
  covers: ReadonlyMap<string, Card>,
  space: Space,
): Offer<Card>[] {
  const offer = offerIn<Card>(space);
  const byId = new Map(cards.map((card) => [card.id, card]));
  const specs = new Map(specifications.map((spec) => [spec.id, spec]));
  const same = new Set(ranking.singles.flatMap(({ id, sameRows }) => (sameRows ? id : [])));
  const membersOf = (parts: readonly { readonly id: string; readonly weight: number }[]) =>
    parts.flatMap(({ id, weight }) => {
      const card = byId.get(id);
      const spec = specs.get(id) ?? null;
      return card ? [{ card, weight, spec, sameRows: same.has(id) }] : [];
    });
  const mixed = normalised(membersOf(ranking.mixture?.members ?? []));
  // Of different questions there is no mixture, and what it would be like says nothing.
  const isOne = answeringWith(mixed, ({ card }) => card).length === mixed.length;
  const singles = ranking.singles.flatMap((single) => {
    const members = membersOf([{ id: single.id, weight: 1 }]);
    if (members.length === 0) return [];
    const coveredBy = covers.get(single.id) ?? null;
    return [{ ...offer(single.id, "single", single, members), coveredBy }];
  });
  const isSpare = ({ coveredBy }: Offer<Card>) => coveredBy !== null && byId.has(coveredBy.id);
  const distinct = singles.filter((one) => !isSpare(one));
  const offers = [...distinct, ...singles.filter(isSpare)];
  const mixture = isOne ? ranking.mixture : null;
  if (mixture && mixed.length > 1) offers.unshift(offer("mixture", "mixture", mixture, mixed));
  const listed = shortlist(
    answeringWith(distinct, ({ members: [member] }) => member!.card),
    ({ members: [member] }) => member!.card.sizeBytes,
  );
  if (listed.length > 1) {
    const members = listed.map(({ members: [member] }) => ({ ...member!, weight: null }));
    offers.unshift(offer("shortlist", "shortlist", mixture ?? listed[0]!.fit, members));
  }
  return offers;
}

function normalised<M extends { readonly weight: number }>(members: readonly M[]): M[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members
    .map((member) => ({ ...member, weight: member.weight / total }))
    .sort((a, b) => b.weight - a.weight);
}

function offerIn<Card extends OfferCard>(space: Space) {
  return (
    key: string,
    kind: Offer<Card>["kind"],
    { mmd2, similarity, coverage }: Fit,
    members: readonly OfferMember<Card>[],
  ): Offer<Card> => {
    const fit = { mmd2, similarity, coverage };
    const told = { closeness: closeness(fit, space), recommended: isNear(fit, space) };
    return { key, kind, fit, ...told, members, coveredBy: null };
  };
}
