import type { Steps } from "../../ground/progress";
import { isUnrevealing, MOST_ATTACK_AUC, MOST_STRONG_AUC, type Rehearsed } from "./rehearse";

/** How many points to describe rows by, and what attacks on that achieve; null where nothing could be attacked. */
export interface Tried {
  readonly count: number;
  readonly found: Rehearsed | null;
}

/** A number that was picked because its attack failed flatters itself by about a standard error. */
const PICKED_MARGIN = 0.01;
/** The least and the largest share of the points that is tried next. */
const [LEAST, LARGEST] = [0.4, 0.85];

/**
 * The most points, up to those wanted, that attacks on parts of the rows get little from.
 *
 * What the nearest point tells falls about as fast as rows per point grow, and what the likelihood tells as
 * fast as their root, so the next number to try follows from the last.
 *
 * @param most - ≥ `fewest`.
 * @param fewest - ≥ 1.
 * @returns The last that was tried: `isUnrevealing` tells whether it may be sent.
 */
export async function* mostPoints(
  { most, fewest }: { readonly most: number; readonly fewest: number },
  attack: (count: number) => Steps<Rehearsed | null>,
): Steps<Tried> {
  let count = most;
  for (;;) {
    const found = yield* attack(count);
    if (!found || count <= fewest || isUnrevealing(found, PICKED_MARGIN)) return { count, found };
    const room = Math.min(
      shareOf(MOST_ATTACK_AUC, found.attackAuc),
      shareOf(MOST_STRONG_AUC, found.strongAuc) ** 2,
    );
    const next = Math.floor(count * Math.min(LARGEST, Math.max(LEAST, room)));
    count = Math.max(fewest, next);
  }
}

/** What may be achieved above chance, in parts of what was. */
function shareOf(limit: number, found: number): number {
  return found > 0.5 ? (limit - PICKED_MARGIN - 0.5) / (found - 0.5) : Infinity;
}
