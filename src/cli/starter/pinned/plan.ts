import type { Scenario } from "../../../engine/learnware/semantic-values";
import type { LearnwareAbout } from "../../../workflows/train/about";
import type { TrainedClasses } from "../../../workflows/train/train-texts";

/** Something with a class. */
export interface Labelled<Item> {
  readonly item: Item;
  readonly label: string;
}

/** Makes one learnware of rows that are all to be used. */
export type Train<Item> = (
  plan: PinnedPlan,
  rows: readonly Labelled<Item>[],
  told: { readonly target: string; readonly about: LearnwareAbout; readonly seed: number },
) => Promise<TrainedClasses>;

/** What a learnware of the starter is called and says of itself, in English and simplified Chinese. */
interface Said {
  readonly name: string;
  readonly about: string;
}

/** A learnware of texts or pictures. */
export interface PinnedPlan {
  readonly id: string;
  readonly words: { readonly en: Said; readonly zh: Said };
  /** The classes that it tells apart, by their names in the data. */
  readonly classes: readonly string[];
  /** What pictures go through before anything else; as they are without it. */
  readonly change?: string;
}

/** Learnwares that answer the same question, of the same source. */
export interface PinnedIsland {
  /** What is predicted. */
  readonly target: string;
  readonly licence: string;
  readonly source: string;
  readonly scenario: readonly Scenario[];
  readonly plans: readonly PinnedPlan[];
}

/** Names joined as a sentence has them. */
export function listed(names: readonly string[], comma: string, and: string): string {
  const last = names.at(-1)!;
  return names.length < 2 ? last : `${names.slice(0, -1).join(comma)}${and}${last}`;
}
