import { type Compared, comparedOf } from "../../engine/kinds/table/match/compared";
import type { ReuserName } from "../../engine/reuse/reuser";
import { isThin } from "../find/verdict";
import type { ReuseRun } from "./reuse";

/** Why predictions are made though nobody advised it. */
export type Caution =
  | { readonly code: "few_compared"; readonly compared: Compared }
  /** What the learnwares learnt from is unlike the table, or lies elsewhere. */
  | { readonly code: "far" };

/** What has to be said wherever these predictions go; null where learnwares are advised, or have no part in them. */
export function cautionOf(
  { offer, matches }: Pick<ReuseRun, "offer" | "matches">,
  way: ReuserName,
): Caution | null {
  if (offer.recommended || way === "own_model") return null;
  const compared = comparedOf(matches);
  return isThin(compared) ? { code: "few_compared", compared } : { code: "far" };
}

/** As it stands in files, whose columns have names in English. */
export function cautionInFiles(caution: Caution): string {
  if (caution.code === "far") return "not recommended: far from what the models learnt from";
  const { found, total } = caution.compared;
  return `not recommended: only ${found} of ${total} columns could be compared`;
}
