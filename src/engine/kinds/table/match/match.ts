import type { ColumnProfile } from "../columns/profile";
import type { FeatureMatch, Space, SpaceFeature } from "../space/space";
import { likelyByValues } from "./by-values";
import { canPlay, hasKnown, isSwitch } from "./can-play";
import { ColumnIndex } from "./column-index";
import {
  isImplausible,
  type MatchDetail,
  type MatchReason,
  type Pair,
  pairOf,
} from "./match-detail";

export type { MatchDetail, MatchReason } from "./match-detail";

export interface IslandMatch {
  readonly islandId: string;
  readonly matches: readonly FeatureMatch[];
  /** One for every feature, in the island's order. */
  readonly details: readonly MatchDetail[];
  readonly matched: number;
  readonly total: number;
  /** Mean confidence over all features, in [0, 1]. */
  readonly score: number;
  /** Whether enough was found by name or by hand to be worth asking learnwares of this island. */
  readonly fits: boolean;
  /** Whether it does not fit, but enough features are likely to mean the same as some of the columns. */
  readonly isRelated: boolean;
}

/** Names less alike than this are not offered as a match. */
const ALIKE = 0.78;
/** Mean confidence from which an island is worth asking. */
const FITTING = 0.6;
/** What a column of other values says for the island, by its name. */
const LEFT_OUT = 0.7;
/** Mean confidence from which an island that does not fit is related. */
const RELATED = 0.2;
const FEWEST_RELATED = 3;
/** Columns that a feature looks at, the surest first: what comes to choose from does not grow with the square. */
export const MOST_LOOKED_AT = 20;

/**
 * Which of a user's columns plays which feature of an island: by name first, then by whether
 * type and range are plausible, and by values that say it. A column of which no value is known to the feature is left
 * out. Each column is used once. Time grows with the features and what their names and values have in common with those
 * of columns, not with the pairs of them.
 *
 * @param index - Of the columns, if it is ready.
 */
export function matchIsland(
  island: Space,
  columns: readonly ColumnProfile[],
  index: ColumnIndex = new ColumnIndex(columns),
): IslandMatch {
  const pairs = island.features.flatMap((feature) => pairsOf(feature, island, columns, index));
  pairs.sort((a, b) => b.confidence - a.confidence);
  const taken = new Map<string, MatchDetail>();
  const usedColumns = new Set<number>();
  const others: Pair[] = [];
  for (const pair of pairs) {
    if (pair.reason === "other_values") others.push(pair);
    else if (!taken.has(pair.feature) && !usedColumns.has(pair.column)) {
      usedColumns.add(pair.column);
      taken.set(pair.feature, pair);
    }
  }
  for (const { feature, column } of others) {
    if (taken.has(feature) || usedColumns.has(column)) continue;
    taken.set(feature, { ...unmatched(feature), reason: "other_values", leftOut: column });
  }
  return summarise(
    island,
    island.features.map((feature) => taken.get(feature.name) ?? unmatched(feature.name)),
  );
}

/** The same match with one feature given another column (or none) by the user's hand. */
export function rematch(
  island: Space,
  match: IslandMatch,
  columns: readonly ColumnProfile[],
  featureName: string,
  column: number | null,
): IslandMatch {
  const details = match.details.map((detail): MatchDetail => {
    if (detail.feature === featureName) {
      const feature = island.features.find(({ name }) => name === featureName);
      const profile = column === null ? undefined : columns[column];
      if (column === null || !feature || !profile) return unmatched(featureName);
      return pairOf(profile, column, feature, { confidence: 1, reason: "by_hand" });
    }
    return column !== null && detail.column === column ? unmatched(detail.feature) : detail;
  });
  return summarise(island, details);
}

/** The same match with values of the column that plays a category joined to listed ones by the user's hand. */
export function joinValues(
  island: Space,
  match: IslandMatch,
  columns: readonly ColumnProfile[],
  featureName: string,
  values: NonNullable<FeatureMatch["values"]>,
): IslandMatch {
  const feature = island.features.find(({ name }) => name === featureName);
  const details = match.details.map((detail): MatchDetail => {
    const column = detail.column === null ? undefined : columns[detail.column];
    if (detail.feature !== featureName || !feature || !column) return detail;
    return { ...detail, values, implausible: isImplausible(column, feature, values) };
  });
  return summarise(island, details);
}

/** The columns that a feature may be, the surest first. */
function pairsOf(
  feature: SpaceFeature,
  island: Space,
  columns: readonly ColumnProfile[],
  index: ColumnIndex,
): Pair[] {
  const { names } = index;
  const found = new Map<number, { similarity: number; reason: MatchReason }>();
  for (const alias of feature.aliases) {
    for (const [column, likeness] of names.alike(alias, ALIKE)) {
      const similarity = likeness === 1 ? 0.95 : likeness;
      if (similarity <= (found.get(column)?.similarity ?? 0)) continue;
      found.set(column, { similarity, reason: likeness === 1 ? "alias" : "similar_name" });
    }
  }
  for (const [column, similarity] of names.alike(feature.name, ALIKE)) {
    if (similarity <= (found.get(column)?.similarity ?? 0)) continue;
    found.set(column, { similarity, reason: similarity === 1 ? "same_name" : "similar_name" });
  }
  const pairs = [...found].flatMap(([at, { similarity, reason }]): Pair[] => {
    const column = columns[at]!;
    if (!canPlay(column, feature)) return [];
    const pair = pairOf(column, at, feature, { confidence: similarity, reason });
    if (!pair.implausible) return [pair];
    const isKnown = hasKnown(column, feature, pair.values ?? []);
    return [
      { ...pair, confidence: LEFT_OUT * similarity, reason: isKnown ? reason : "other_values" },
    ];
  });
  if (feature.type === "category" || isSwitch(feature)) {
    pairs.push(...likelyByValues(feature, island, columns, index));
  }
  // Of the equally sure the first column, however they were found.
  pairs.sort((a, b) => b.confidence - a.confidence || a.column - b.column);
  return pairs.slice(0, MOST_LOOKED_AT);
}

/** @param details - One for every feature, in the island's order. */
export function summarise(island: Space, details: readonly MatchDetail[]): IslandMatch {
  const matched = details.filter(({ column }) => column !== null).length;
  const meanOf = (some: readonly MatchDetail[]) =>
    some.reduce((sum, { confidence }) => sum + confidence, 0) / details.length;
  const score = meanOf(details);
  const leftOut = details.filter((detail) => detail.leftOut !== undefined).length;
  const isFound = (fewest: number, found = matched) => found >= Math.min(fewest, details.length);
  const sure = meanOf(details.filter(isSure)) + (LEFT_OUT * leftOut) / details.length;
  const fits = matched > 0 && isFound(2, matched + leftOut) && sure >= FITTING;
  return {
    islandId: island.id,
    matches: details.map(({ feature, column, values }) => ({
      ...{ feature, column },
      ...(values && { values }),
    })),
    details,
    matched,
    total: details.length,
    score,
    fits,
    isRelated: !fits && isFound(FEWEST_RELATED) && score >= RELATED,
  };
}

function isSure({ reason }: MatchDetail): boolean {
  return reason !== "similar_meaning" && reason !== "similar_values";
}

function unmatched(feature: string): MatchDetail & { readonly column: null } {
  return { feature, column: null, confidence: 0, reason: "none", implausible: false };
}
