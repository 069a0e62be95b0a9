import type { LearnwareFacts } from "../../../../contracts/workers/share-api";
import { type Scenario, semanticValues } from "../../../../engine/learnware/semantic-values";
import type { PackageEdit } from "../../../../engine/verify/edit-package";

type Licence = (typeof semanticValues.License)[number];

/** What a person can say of a learnware, whatever model it has. */
export interface LearnwareWords {
  readonly name: string;
  /** Markdown. */
  readonly description: string;
  readonly scenario: readonly Scenario[];
  readonly licence: Licence;
}

/** Longest name. */
export const MOST_NAME = 120;

export function wordsOf({
  Name,
  Description,
  Scenario: fields,
  License,
}: LearnwareFacts["semantic"]): LearnwareWords {
  return {
    name: Name.Values,
    description: Description.Values,
    scenario: semanticValues.Scenario.filter((one) => fields.Values.includes(one)),
    licence: semanticValues.License.find((one) => one === License.Values[0]) ?? "Others",
  };
}

/** What of them is said otherwise; null if nothing is, or what is said cannot stand. */
export function editOf(before: LearnwareWords, now: LearnwareWords): PackageEdit | null {
  if (now.name.trim() === "" || now.description.trim() === "" || now.scenario.length === 0) {
    return null;
  }
  const edit: PackageEdit = {
    ...(now.name !== before.name && { name: now.name.trim() }),
    ...(now.description !== before.description && { description: now.description.trim() }),
    ...(now.scenario.join() !== before.scenario.join() && { scenario: now.scenario }),
    ...(now.licence !== before.licence && { licence: now.licence }),
  };
  return Object.keys(edit).length > 0 ? edit : null;
}
