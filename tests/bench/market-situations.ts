import type { Market, MarketLearnware } from "./market-build";

/** Whether the user's own domain has a learnware in the market. */
export type Presence = "own-present" | "own-absent";

/** What one user has, and what the market has for them. */
export interface Situation {
  readonly user: string;
  readonly presence: Presence;
  readonly labels: number;
  /** Rows to predict; none of the learnwares was trained on them. */
  readonly asked: Int32Array;
  /** Rows whose target the user knows; as many as `labels`, and also unseen by the learnwares. */
  readonly known: Int32Array;
  readonly learnwares: readonly MarketLearnware[];
}

const LABELS = [0, 10, 25, 50, 100, 200, 1000];
/** With the own learnware there, labels matter less. */
const LABELS_PRESENT: readonly number[] = [0, 50, 200, 1000];
/** A loss on fewer rows says little. */
const FEWEST_ASKED = 50;

/**
 * Every user with and without the learnware of their own domain. Without it, rows it would have been trained on
 * are the labelled ones, so that with any number of labels the same rows are asked about; with it,
 * labelled rows are taken from the asked ones. Where there are not enough rows, a situation is left out.
 */
export function situationsOf({ users, learnwares }: Market): Situation[] {
  return users.flatMap(({ id: user, heldBack, trained }) => {
    const others = learnwares.filter(({ id }) => id !== user);
    const absent = LABELS.filter((labels) => trained.length >= labels).map((labels) => {
      const known = trained.slice(0, labels);
      return {
        user,
        presence: "own-absent" as const,
        labels,
        asked: heldBack,
        known,
        learnwares: others,
      };
    });
    if (others.length === learnwares.length) return absent;
    const present = LABELS_PRESENT.filter(
      (labels) => labels === 0 || heldBack.length >= labels + FEWEST_ASKED,
    ).map((labels) => {
      const asked = heldBack.slice(labels);
      const known = heldBack.slice(0, labels);
      return { user, presence: "own-present" as const, labels, asked, known, learnwares };
    });
    return [...absent, ...present];
  });
}
