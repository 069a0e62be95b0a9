import type { PredictWords } from "../../english";
import type { RankedIsland } from "../hand-choices";
import { kinship } from "./related";

/** What is said of a kind of data in a list of them: how it fits, and how much of it the table has. */
export function islandCard(
  { match, island }: RankedIsland,
  { mapping, related }: Pick<PredictWords, "mapping" | "related">,
): { tag: string; tone: "good" | "plain" | "caution"; found: string; description: string | null } {
  const { matched, total } = match;
  if (match.isRelated) {
    const found = related.covers(kinship(match), matched, total);
    return { tag: related.tag, tone: "caution", found, description: null };
  }
  const fit = match.fits
    ? ({ tag: mapping.fits, tone: "good" } as const)
    : ({ tag: mapping.fitsNot, tone: "plain" } as const);
  return { ...fit, found: mapping.found(matched, total), description: island.description };
}
