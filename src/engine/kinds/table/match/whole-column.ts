import type { IslandMatch, MatchDetail } from "./match";

/** A space that one column of a table is all of, as its cells hold texts or pictures. */
export interface WholeSpace {
  readonly id: string;
  readonly kind: string;
}

/**
 * The match of such a space: it has one part, called as what it is of.
 *
 * @param column - The one that holds it; null if none does.
 * @param score - In [0, 1]. Below 0.6, tables that are known by their columns come first.
 * @param fits - Whether learnwares of the island are worth asking.
 */
export function wholeColumn(
  { id, kind }: WholeSpace,
  column: number | null,
  {
    score,
    fits,
    reason,
  }: { readonly score: number; readonly fits: boolean; readonly reason: "whole" | "by_hand" },
): IslandMatch {
  const detail: MatchDetail =
    column === null
      ? { feature: kind, column, confidence: 0, reason: "none", implausible: false }
      : { feature: kind, column, confidence: score, reason, implausible: false };
  return {
    islandId: id,
    matches: [{ feature: kind, column }],
    details: [detail],
    matched: column === null ? 0 : 1,
    total: 1,
    score: column === null ? 0 : score,
    fits: column !== null && fits,
    isRelated: false,
  };
}
