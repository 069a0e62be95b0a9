import type { ColumnProfile } from "../columns/profile";
import type { FeatureMatch, SpaceFeature } from "../space/space";
import { hasKnown, valuesAs } from "./can-play";

export type MatchReason =
  | "same_name"
  | "similar_name"
  | "alias"
  /** A category of the same values. */
  | "same_values"
  /** One is called like a value of the other. */
  | "named_value"
  /** Words of the same meaning, and values that are distributed alike. */
  | "similar_meaning"
  /** Only the distribution of the values: the column's name tells nothing. */
  | "similar_values"
  /** Its cells are what the space is of. */
  | "whole"
  | "by_hand"
  /** The column that is called so has none of the values that are known. */
  | "other_values"
  | "none";

export interface MatchDetail extends FeatureMatch {
  /** How sure the match is, in [0, 1]; 0 without a column. */
  readonly confidence: number;
  readonly reason: MatchReason;
  /** The column's values lie where the island's do not: perhaps another unit. */
  readonly implausible: boolean;
  /** The column that was left out because its values are others. */
  readonly leftOut?: number;
}

/** A column that a feature may be, and why. */
export interface Pair extends MatchDetail {
  readonly column: number;
}

/** A column as a feature, with what its values mean there. */
export function pairOf(
  profile: ColumnProfile,
  column: number,
  feature: SpaceFeature,
  { confidence, reason }: Pick<MatchDetail, "confidence" | "reason">,
  values: NonNullable<FeatureMatch["values"]> = valuesAs(profile, feature),
): Pair {
  const implausible = isImplausible(profile, feature, values);
  const pair = { feature: feature.name, column, confidence, reason, implausible };
  return values.length > 0 ? { ...pair, values } : pair;
}

/** Numbers whose mean lies outside the usual range of the island, widened by a tenth or one deviation; values of which the feature knows none. */
export function isImplausible(
  column: ColumnProfile,
  feature: SpaceFeature,
  joined: NonNullable<FeatureMatch["values"]> = [],
): boolean {
  if (!hasKnown(column, feature, joined)) return true;
  if (feature.type === "category" || joined.length > 0) return false;
  if (!feature.range || !column.range) return false;
  const [low, high] = feature.range;
  const margin = Math.max((high - low) * 0.1, Math.abs(high) * 0.01, feature.scale[0]!);
  const middle = column.mean ?? (column.range[0] + column.range[1]) / 2;
  return middle < low - margin || middle > high + margin;
}
