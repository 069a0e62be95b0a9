import type { IslandMatch, MatchDetail } from "../../../../../engine/kinds/table/match/match";

/** How much of what an island's models need a table seems to have. */
export type Kinship = "nearly_all" | "most" | "about_half" | "a_part";

export function kinship({ score }: Pick<IslandMatch, "score">): Kinship {
  if (score >= 0.8) return "nearly_all";
  if (score >= 0.6) return "most";
  return score >= 0.4 ? "about_half" : "a_part";
}

export type Certainty = "very_likely" | "likely" | "perhaps";

/** How far a pair's words and values say that they are the same; not a probability. */
export function certainty({ confidence }: Pick<MatchDetail, "confidence">): Certainty {
  if (confidence >= 0.85) return "very_likely";
  return confidence >= 0.7 ? "likely" : "perhaps";
}

/** What was matched, the surest first. */
export function likelyPairs({ details }: IslandMatch): MatchDetail[] {
  return details
    .filter(({ column }) => column !== null)
    .sort((a, b) => b.confidence - a.confidence);
}

/** The features that no column plays. */
export function missingFeatures({ details }: IslandMatch): string[] {
  return details.flatMap(({ feature, column }) => (column === null ? feature : []));
}
