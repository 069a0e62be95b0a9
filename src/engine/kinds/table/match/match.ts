import type { ColumnProfile } from "../columns/profile";
import type { FeatureMatch, Space, SpaceFeature } from "../space/space";
import { listedValues } from "./listed-values";
import { NameIndex } from "./name-index";
import { categoryKey } from "../../../ground/category-key";

export type MatchReason =
  | "same_name"
  | "similar_name"
  | "alias"
  /** Words of the same meaning, and values that are distributed alike. */
  | "similar_meaning"
  /** Only the distribution of the values: the column's name tells nothing. */
  | "similar_values"
  | "by_hand"
  | "none";

export interface MatchDetail extends FeatureMatch {
  /** How sure the match is, in [0, 1]; 0 without a column. */
  readonly confidence: number;
  readonly reason: MatchReason;
  /** The column's values lie where the island's do not: perhaps another unit. */
  readonly implausible: boolean;
}

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
/** Mean confidence from which an island that does not fit is related. */
const RELATED = 0.2;
const FEWEST_RELATED = 3;
/** Columns that a feature looks at, the surest first: what comes to choose from does not grow with the square. */
export const MOST_LOOKED_AT = 20;

interface Pair extends MatchDetail {
  readonly column: number;
}

/** The names of columns, made ready to be matched with many islands. */
export function indexOf(columns: readonly ColumnProfile[]): NameIndex {
  return new NameIndex(columns.map(({ name }) => name));
}

/**
 * Which of a user's columns plays which feature of an island: by name first, then by whether
 * type and range are plausible. Each column is used once. Time grows with the features and what their names have in
 * common with those of columns, not with the pairs of them.
 *
 * @param names - Of the columns, if they are ready.
 */
export function matchIsland(
  island: Space,
  columns: readonly ColumnProfile[],
  names: NameIndex = indexOf(columns),
): IslandMatch {
  const pairs = island.features.flatMap((feature) => pairsOf(feature, columns, names));
  pairs.sort((a, b) => b.confidence - a.confidence);
  const taken = new Map<string, MatchDetail>();
  const usedColumns = new Set<number>();
  for (const pair of pairs) {
    if (taken.has(pair.feature) || usedColumns.has(pair.column)) continue;
    usedColumns.add(pair.column);
    taken.set(pair.feature, pair);
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
      if (!feature || !profile) return unmatched(featureName);
      return {
        feature: featureName,
        column,
        confidence: 1,
        reason: "by_hand",
        implausible: isImplausible(profile, feature),
      };
    }
    return column !== null && detail.column === column ? unmatched(detail.feature) : detail;
  });
  return summarise(island, details);
}

/** Whether a column's values can be a feature at all. */
export function canPlay({ type, top }: ColumnProfile, feature: SpaceFeature): boolean {
  if (feature.type === "category") {
    return ["category", "integer", "boolean", "constant"].includes(type);
  }
  if (type === "constant") return Number.isFinite(Number(top?.[0]?.value ?? "none"));
  return ["number", "integer", "boolean"].includes(type);
}

/** The columns that a feature is called like, the surest first. */
function pairsOf(
  feature: SpaceFeature,
  columns: readonly ColumnProfile[],
  names: NameIndex,
): Pair[] {
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
  const pairs = [...found].flatMap(([index, { similarity, reason }]): Pair[] => {
    const column = columns[index]!;
    if (!canPlay(column, feature)) return [];
    const implausible = isImplausible(column, feature);
    const confidence = similarity * (implausible ? 0.7 : 1);
    return [{ feature: feature.name, column: index, confidence, reason, implausible }];
  });
  // Of the equally sure the first column, however they were found.
  pairs.sort((a, b) => b.confidence - a.confidence || a.column - b.column);
  return pairs.slice(0, MOST_LOOKED_AT);
}

/** Numbers whose mean lies outside the usual range of the island, widened by a tenth or one deviation; categories of which none is listed. */
export function isImplausible(column: ColumnProfile, feature: SpaceFeature): boolean {
  if (feature.type === "category") {
    const listed = listedValues(feature);
    const values = column.top ?? [];
    return values.length > 0 && !values.some(({ value }) => listed.has(categoryKey(value)));
  }
  if (!feature.range || !column.range) return false;
  const [low, high] = feature.range;
  const margin = Math.max((high - low) * 0.1, Math.abs(high) * 0.01, feature.scale[0]!);
  const middle = column.mean ?? (column.range[0] + column.range[1]) / 2;
  return middle < low - margin || middle > high + margin;
}

/** @param details - One for every feature, in the island's order. */
export function summarise(island: Space, details: readonly MatchDetail[]): IslandMatch {
  const matched = details.filter(({ column }) => column !== null).length;
  const meanOf = (some: readonly MatchDetail[]) =>
    some.reduce((sum, { confidence }) => sum + confidence, 0) / details.length;
  const score = meanOf(details);
  const isFound = (fewest: number) => matched >= Math.min(fewest, details.length);
  const fits = isFound(2) && meanOf(details.filter(isSure)) >= FITTING;
  return {
    islandId: island.id,
    matches: details.map(({ feature, column }) => ({ feature, column })),
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

function unmatched(feature: string): MatchDetail {
  return { feature, column: null, confidence: 0, reason: "none", implausible: false };
}
