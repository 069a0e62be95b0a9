/** @file Islands whose features mean similar things as a table's columns, though they have other names. */

import { type Matrix, zeros } from "../../../ground/matrix";
import type { ColumnProfile } from "../columns/profile";
import { assign } from "./assignment";
import { columnSimilarity, readColumn, type ReadColumn, readFeature } from "./column-similarity";
import type { Space } from "../space/space";
import { type IslandMatch, isImplausible, type MatchDetail, matchIsland, summarise } from "./match";

/** Pairs less alike than this are not offered. */
const LIKELY = 0.55;
/** More pairs of features and columns than these take seconds to compare: such tables need equal names. */
const MOST_PAIRS = 60_000;

/**
 * The islands a table could belong to: those that fit, then those that are related, then the others; each
 * kind best first.
 */
export function rankIslands(
  islands: readonly Space[],
  columns: readonly ColumnProfile[],
): IslandMatch[] {
  const read = columns.map(readColumn);
  const kind = ({ fits, isRelated }: IslandMatch) => (fits ? 2 : Number(isRelated));
  return islands
    .map((island) => {
      const match = matchIsland(island, columns);
      return match.fits ? match : addLikely(island, match, read);
    })
    .sort((a, b) => kind(b) - kind(a) || b.score - a.score || b.matched - a.matched);
}

/**
 * The same match with features that had no column given those that are likely to mean the same: the
 * assignment with the largest sum of similarities, of which each is at least 0.55.
 */
function addLikely(island: Space, match: IslandMatch, columns: readonly ReadColumn[]): IslandMatch {
  if (island.features.length * columns.length > MOST_PAIRS) return match;
  const used = new Set(match.details.map(({ column }) => column));
  const free = match.details.map(({ column }) => column === null);
  const { gains, reasons } = likeness(island, columns, (feature, column) => {
    return free[feature]! && !used.has(column);
  });
  const chosen = assign(gains);
  const details = match.details.map((detail, i): MatchDetail => {
    const column = chosen[i]!;
    if (column < 0) return detail;
    const at = i * gains.cols + column;
    const [confidence, reason] = [gains.data[at]!, reasons.get(at)!];
    const implausible = isImplausible(columns[column]!.profile, island.features[i]!);
    return { feature: detail.feature, column, confidence, reason, implausible };
  });
  return summarise(island, details);
}

/** Shape [features, columns]: how sure each pair is; 0 where it is not likely, or not allowed. */
function likeness(
  island: Space,
  columns: readonly ReadColumn[],
  isAllowed: (feature: number, column: number) => boolean,
): { readonly gains: Matrix; readonly reasons: ReadonlyMap<number, MatchDetail["reason"]> } {
  const gains = zeros(island.features.length, columns.length);
  const reasons = new Map<number, MatchDetail["reason"]>();
  for (const [i, feature] of island.features.entries()) {
    const read = readFeature(feature);
    for (const [j, column] of columns.entries()) {
      if (!isAllowed(i, j)) continue;
      const { name, overall } = columnSimilarity(column, read);
      if (overall < LIKELY) continue;
      gains.data[i * gains.cols + j] = overall;
      reasons.set(i * gains.cols + j, name === null ? "similar_values" : "similar_meaning");
    }
  }
  return { gains, reasons };
}
