import type { PredictWords } from "../../english";
import type { RankedIsland } from "../hand-choices";
import { wholeOf } from "../whole/whole-column";
import { kinship } from "./related";

/** What is said of a kind of data in a list of them: how it fits, and how much of it the table has. */
export function islandCard(
  ranked: RankedIsland,
  { mapping, related, whole: wholeWords }: Pick<PredictWords, "mapping" | "related" | "whole">,
): {
  tag: string;
  tone: "good" | "plain" | "caution";
  found: string | null;
  name?: string | null;
  description: string | null;
} {
  const { match, island } = ranked;
  const { matched, total } = match;
  const whole = wholeOf(ranked);
  if (whole && match.fits) {
    const name = island.targets.length > 0 ? [...new Set(island.targets)].join(", ") : null;
    const tag = wholeWords.tag[whole.kind];
    return { tag, tone: "good", found: null, name, description: null };
  }
  if (match.isRelated) {
    const found = related.covers(kinship(match), matched, total);
    return { tag: related.tag, tone: "caution", found, description: null };
  }
  const fit = match.fits
    ? ({ tag: mapping.fits, tone: "good" } as const)
    : ({ tag: mapping.fitsNot, tone: "plain" } as const);
  return {
    ...fit,
    found: whole ? null : mapping.found(matched, total),
    description: island.description,
  };
}
