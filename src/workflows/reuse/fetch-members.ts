import { AppError } from "../../contracts/outcome";
import type { LeftOut, ReuseMember } from "../../contracts/workers/reuse-plan";
import { inTurn } from "../../engine/ground/in-turn";
import type { Progress, Steps } from "../../engine/ground/progress";
import type { Offer, OfferCard, OfferMember } from "../find/offers";
import { stepsOf } from "../steps-of";

/** A learnware's zip, checked against its hash. Rejects as a dock does. */
export type FetchPackage = (
  card: OfferCard,
  tell: (progress: Progress) => void,
) => Promise<Uint8Array<ArrayBuffer>>;

interface FetchedMembers {
  /** In the order of the offer. */
  readonly members: readonly ReuseMember[];
  /** What the dock has no more, or not as it says. */
  readonly missing: readonly LeftOut[];
}

/** Failures that are one package's, not the dock's or the network's. */
const ITS_OWN: ReadonlySet<string> = new Set(["not_found", "hash_mismatch"]);

/**
 * Download the learnwares of an offer.
 *
 * @throws AppError as `fetchPackage`; the reason of the first learnware if none could be had.
 */
export async function* fetchMembers(
  fetchPackage: FetchPackage,
  { members: wanted }: Pick<Offer<OfferCard>, "members">,
): Steps<FetchedMembers> {
  const total = wanted.reduce((sum, { card }) => sum + card.sizeBytes, 0);
  const arrived = new Map<string, number>();
  const tried = yield* stepsOf((tell) => {
    const report = (id: string, bytes: number) => {
      arrived.set(id, bytes);
      const done = [...arrived.values()].reduce((sum, one) => sum + one, 0);
      tell({ stage: "download", done: Math.min(total, done), total });
    };
    return inTurn(wanted, async (member) => {
      const { id, sizeBytes } = member.card;
      const fetching = fetchOne(fetchPackage, member, ({ done }) => report(id, done));
      const fetched = await fetching.catch(itsOwn);
      report(id, sizeBytes);
      return { id, fetched };
    });
  });
  const members = tried.flatMap(({ fetched }) => (fetched instanceof AppError ? [] : fetched));
  const missing = tried.flatMap(({ id, fetched }): LeftOut[] => {
    if (!(fetched instanceof AppError)) return [];
    if (members.length === 0) throw fetched;
    const { code, message, details } = fetched;
    return [{ id, code, message, details }];
  });
  return { members, missing };
}

async function fetchOne(
  fetchPackage: FetchPackage,
  { card, weight, spec }: OfferMember<OfferCard>,
  tell: (progress: Progress) => void,
): Promise<ReuseMember> {
  const { id, task, target, labels } = card;
  const question = { task, target, labels };
  return { id, zip: await fetchPackage(card, tell), share: weight, question, spec };
}

function itsOwn(error: unknown): AppError {
  if (error instanceof AppError && ITS_OWN.has(error.code)) return error;
  throw error;
}
