import { categoryKey } from "../../../../ground/category-key";
import type { ColumnProfile } from "../../columns/profile";
import { meantKey } from "../../space/meant-key";
import type { FeatureMatch, SpaceFeature } from "../../space/space";
import { listedValues } from "./listed-values";
import { sharedVocabularies } from "./meanings-of-values";
import { shortened } from "./shortened";
import { plainSpelling } from "./plain-spelling";

/** A value of a column, and the listed one that it is. */
export type ValuePairs = NonNullable<FeatureMatch["values"]>;

/** Short forms are looked for where at least this share of the values is known with them. */
const LEAST_KNOWN = 0.5;

/**
 * What values of a column mean among those that a category lists, where their spelling alone does not say it: written
 * otherwise, in another language, or shorter.
 */
export function joinedByMeaning(
  column: ColumnProfile,
  { categories }: Pick<SpaceFeature, "categories">,
): ValuePairs {
  return joinedTo(valuesOf(column), categories);
}

/** @param listed - What each value may be. */
export function joinedTo(own: readonly string[], listed: readonly string[]): ValuePairs {
  const exact = new Set(listed.map(categoryKey));
  const unknown = own.filter((value) => !exact.has(categoryKey(value)));
  if (unknown.length === 0) return [];
  const found = new Map<string, string>();
  const plain = onlyOnes(listed.map((level) => [plainSpelling(level), level] as const));
  for (const value of unknown) {
    const level = plain.get(plainSpelling(value));
    if (level !== undefined) found.set(value, level);
  }
  for (const shared of sharedVocabularies(own, listed)) {
    const levels = onlyOnes(
      [...shared.listed].map(([level, meaning]) => [meaning, level] as const),
    );
    for (const value of unknown) {
      const meaning = shared.own.get(value);
      const level = meaning === undefined ? undefined : levels.get(meaning);
      if (level !== undefined && !found.has(value)) found.set(value, level);
    }
  }
  const left = unknown.filter((value) => !found.has(value));
  const taken = new Set(
    [...own.filter((value) => exact.has(categoryKey(value))), ...found.values()].map(categoryKey),
  );
  const free = listed.filter((level) => !taken.has(categoryKey(level)));
  const short = shortened(left, free);
  const known = own.length - left.length + short.size;
  if (known >= LEAST_KNOWN * own.length) for (const pair of short) found.set(...pair);
  return [...found];
}

/** The values of a column that are known: its most frequent ones, and those of a column of nothing but 1 and 0. */
export function valuesOf(column: ColumnProfile): readonly string[] {
  if (column.top) return column.top.map(({ value }) => value);
  return isOneOrZero(column) ? ["1", "0", "1.0", "0.0"] : [];
}

function isOneOrZero({ range, distinct, distinctIsExact }: ColumnProfile): boolean {
  return range !== null && range[0] === 0 && range[1] === 1 && distinct === 2 && distinctIsExact;
}

/** Whether any value of a column is, or may be, one that a category lists. A column of numbers has none unless one is listed. */
export function hasListed(
  column: ColumnProfile,
  feature: SpaceFeature,
  joined: ValuePairs,
): boolean {
  const listed = listedValues(feature);
  const values = valuesOf(column);
  if (values.length === 0) {
    const isNumbers = column.type === "integer" || column.type === "constant";
    const listsNumbers = feature.categories.some((level) => !Number.isNaN(Number(level)));
    return !isNumbers || column.count === 0 || listsNumbers;
  }
  const keyOf = meantKey(joined);
  return values.some((value) => listed.has(keyOf(value)));
}

/** By key, what only one entry has. */
function onlyOnes<Key>(entries: readonly (readonly [Key, string])[]): ReadonlyMap<Key, string> {
  const found = new Map<Key, string | null>();
  for (const [key, value] of entries) found.set(key, found.has(key) ? null : value);
  return new Map(
    [...found].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
  );
}
