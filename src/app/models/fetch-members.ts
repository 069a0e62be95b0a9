import { AppError } from "../../contracts/outcome";
import type { LeftOut, ReuseMember } from "../../contracts/reuse-api";
import type { Call, Packages } from "../clients";
import type { Offer, OfferMember } from "./offers";

interface Fetched {
  readonly members: readonly ReuseMember[];
  /** What the dock has no more, or not as it says. */
  readonly missing: readonly LeftOut[];
}

/** Failures that are one package's, not the dock's or the network's. */
const ITS_OWN: ReadonlySet<string> = new Set(["not_found", "hash_mismatch"]);

/**
 * Download the learnwares of an offer, those of no share only if there are answers by which they may get one.
 *
 * @throws AppError as `Packages.get`; the reason of the first learnware if none could be had.
 */
export async function fetchMembers(
  packages: Pick<Packages, "get">,
  offer: Offer,
  hasAnswers: boolean,
  { signal, onProgress }: Call,
): Promise<Fetched> {
  const wanted = offer.members.filter(({ weight }) => hasAnswers || weight > 0);
  const total = wanted.reduce((sum, { card }) => sum + card.sizeBytes, 0);
  const members: ReuseMember[] = [];
  const missing: LeftOut[] = [];
  let fetched = 0;
  const report = (done: number) =>
    onProgress?.({ stage: "download", done: Math.min(total, fetched + done), total });
  for (const member of wanted) {
    const call = {
      ...(signal && { signal }),
      onProgress: ({ done }: { done: number }) => report(done),
    };
    try {
      members.push(await fetchOne(packages, member, call));
    } catch (error) {
      if (!(error instanceof AppError) || !ITS_OWN.has(error.code)) throw error;
      if (members.length === 0 && member === wanted.at(-1)) throw error;
      const { code, message, details } = error;
      missing.push({ id: member.card.id, code, message, details });
    }
    signal?.throwIfAborted();
    fetched += member.card.sizeBytes;
    report(0);
  }
  return { members, missing };
}

async function fetchOne(
  packages: Pick<Packages, "get">,
  { card, weight, spec }: OfferMember,
  call: Call,
): Promise<ReuseMember> {
  return { id: card.id, zip: await packages.get(card, call), share: weight, spec };
}
