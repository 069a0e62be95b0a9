import { inTurn } from "../../../../client/dock/in-turn";
import { AppError } from "../../../../contracts/outcome";
import type { LeftOut, ReuseMember } from "../../../../contracts/workers/reuse-api";
import type { Call, Packages } from "../../../clients";
import type { Offer, OfferMember } from "../choose/offers";

interface Fetched {
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
 * @throws AppError as `Packages.get`; the reason of the first learnware if none could be had.
 */
export async function fetchMembers(
  packages: Pick<Packages, "get">,
  offer: Offer,
  { signal, onProgress }: Call,
): Promise<Fetched> {
  const total = offer.members.reduce((sum, { card }) => sum + card.sizeBytes, 0);
  const arrived = new Map<string, number>();
  const report = (id: string, bytes: number) => {
    arrived.set(id, bytes);
    const done = [...arrived.values()].reduce((sum, one) => sum + one, 0);
    onProgress?.({ stage: "download", done: Math.min(total, done), total });
  };
  const stop = signal ? { signal } : {};
  const tried = await inTurn(offer.members, stop, async (member) => {
    const { id, sizeBytes } = member.card;
    const onProgress = ({ done }: { done: number }) => report(id, done);
    const fetched = await fetchOne(packages, member, { ...stop, onProgress }).catch(itsOwn);
    signal?.throwIfAborted();
    report(id, sizeBytes);
    return { id, fetched };
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
  packages: Pick<Packages, "get">,
  { card, weight, spec }: OfferMember,
  call: Call,
): Promise<ReuseMember> {
  return { id: card.id, zip: await packages.get(card, call), share: weight, spec };
}

function itsOwn(error: unknown): AppError {
  if (error instanceof AppError && ITS_OWN.has(error.code)) return error;
  throw error;
}
