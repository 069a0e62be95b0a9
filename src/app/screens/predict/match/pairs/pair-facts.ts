import type { ColumnProfile } from "../../../../../engine/kinds/table/columns/profile";
import type { MatchDetail } from "../../../../../engine/kinds/table/match/match";
import type { SpaceFeature } from "../../../../../engine/kinds/table/space/space";
import { isSwitch } from "../../../../../engine/kinds/table/match/can-play";
import { categoryKey } from "../../../../../engine/ground/category-key";

/** How a line between a column and a feature is drawn. */
export type LineStyle = "name" | "alias" | "hand";

export function lineStyle({ reason }: MatchDetail): LineStyle {
  if (reason === "by_hand") return "hand";
  return reason === "same_name" ? "name" : "alias";
}

/** Where two ranges lie on one axis: as shares of it, from 0 to 1. */
export interface Ranges {
  readonly usual: readonly [start: number, end: number];
  readonly own: readonly [start: number, end: number] | null;
}

/** From this ratio on, an axis of positive numbers is logarithmic. */
const WIDE = 100;

/** Null if the feature has no usual range. */
export function rangesOf(feature: SpaceFeature, column: ColumnProfile | null): Ranges | null {
  const usual = feature.type === "boolean" ? null : (feature.range ?? null);
  if (!usual) return null;
  const own = column?.range ?? null;
  const low = Math.min(usual[0], own?.[0] ?? usual[0]);
  const high = Math.max(usual[1], own?.[1] ?? usual[1]);
  const isLog = low > 0 && usual[1] / usual[0] > WIDE;
  const scale = (value: number) => (isLog ? Math.log(value) : value);
  const width = scale(high) - scale(low) || 1;
  const at = (value: number) => (scale(value) - scale(low)) / width;
  return { usual: [at(usual[0]), at(usual[1])], own: own && [at(own[0]), at(own[1])] };
}

/** How much of the values is one that a category lists: where the feature was learnt, and in the column. */
export interface LevelShare {
  readonly level: string;
  /** In [0, 1]. */
  readonly usual: number;
  readonly own: number;
}

/** @param column - With its most frequent values. */
export function levelShares(
  feature: SpaceFeature,
  column: ColumnProfile | null,
  { values }: Pick<MatchDetail, "values">,
): LevelShare[] {
  const own = new Map<string, number>();
  for (const { value, count } of column?.top ?? []) {
    const level = levelOf(feature, value, values);
    if (level !== null) own.set(level, (own.get(level) ?? 0) + count);
  }
  const total = Math.max(1, column?.count ?? 1);
  return feature.categories.map((level, k) => ({
    level,
    usual: Math.max(0, Math.min(1, feature.center[k] ?? 0)),
    own: (own.get(level) ?? 0) / total,
  }));
}

/** Numbers beyond so many are not offered one by one. */
const MOST_NUMBERS = 31;

/** What a value of a column may be: what a category lists, 1 or 0, or a whole number of a narrow range, as months are. */
export function levelsOf(feature: SpaceFeature): readonly string[] {
  if (feature.type === "category") return feature.categories;
  if (isSwitch(feature)) return ["1", "0"];
  const [low, high] = feature.range ?? [0, 0];
  const count = Math.floor(high) - Math.ceil(low) + 1;
  if (count < 2 || count > MOST_NUMBERS) return [];
  return Array.from({ length: count }, (_, i) => String(Math.ceil(low) + i));
}

/** What was said or found of values, in a few words; empty where spelling alone says it. */
export function joinedText({ values = [] }: Pick<MatchDetail, "values">): string {
  const texts = values.flatMap(([own, meant]) =>
    meant === "" || /^[01]\.0$/.test(own) ? [] : `${own} = ${meant}`,
  );
  return texts.join(", ");
}

/** Which of the values that a feature knows a value of a column is; null if none. */
export function levelOf(
  feature: SpaceFeature,
  value: string,
  values: MatchDetail["values"] = [],
): string | null {
  const key = categoryKey(value);
  const meant = values.find(([own]) => categoryKey(own) === key);
  const wanted = meant ? categoryKey(meant[1]) : key;
  return levelsOf(feature).find((level) => categoryKey(level) === wanted) ?? null;
}
