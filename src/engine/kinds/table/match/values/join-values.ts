import { categoryKey } from "../../../../ground/category-key";
import type { ColumnProfile } from "../../columns/profile";
import { meantKey } from "../../space/meant-key";
import type { FeatureMatch, SpaceFeature } from "../../space/space";
import { type ReadValues, readValues } from "./read-values";
import { sharedVocabularies } from "./shared-vocabularies";
import { shortened } from "./shortened";

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
  const [mine, theirs] = [readValues(own), readValues(listed)];
  const unknown = own.filter((_, i) => !theirs.keySet.has(mine.keys[i]!));
  if (unknown.length === 0) return [];
  const found = new Map<string, string>();
  for (const [i, value] of own.entries()) {
    if (theirs.keySet.has(mine.keys[i]!)) continue;
    const level = theirs.byPlain.get(mine.plain[i]!);
    if (level !== undefined) found.set(value, level);
  }
  for (const { vocabulary, own: meant } of sharedVocabularies(mine, theirs)) {
    const levels = theirs.byMeaning(vocabulary);
    for (const value of unknown) {
      const meaning = meant.get(value);
      const level = meaning === undefined ? undefined : levels.get(meaning);
      if (level !== undefined && !found.has(value)) found.set(value, level);
    }
  }
  const left = unknown.filter((value) => !found.has(value));
  const taken = new Set([...mine.keys, ...[...found.values()].map(categoryKey)]);
  const short = shortened(mine, left, theirs, (level) => !taken.has(categoryKey(level)));
  const known = own.length - left.length + short.size;
  if (known >= LEAST_KNOWN * own.length) for (const pair of short) found.set(...pair);
  return [...found];
}

const ONE_OR_ZERO = ["1", "0", "1.0", "0.0"] as const;
const values = new WeakMap<ColumnProfile, readonly string[]>();

/** The values of a column that are known: its most frequent ones, and those of a column of nothing but 1 and 0. */
export function valuesOf(column: ColumnProfile): readonly string[] {
  if (!column.top) return isOneOrZero(column) ? ONE_OR_ZERO : [];
  const known = values.get(column) ?? column.top.map(({ value }) => value);
  values.set(column, known);
  return known;
}

/** Made ready to be compared, once of a column. */
export function readValuesOf(column: ColumnProfile): ReadValues {
  return readValues(valuesOf(column));
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
  const { values, keys } = readValuesOf(column);
  if (values.length === 0) {
    const isNumbers = column.type === "integer" || column.type === "constant";
    const listsNumbers = feature.categories.some((level) => !Number.isNaN(Number(level)));
    return !isNumbers || column.count === 0 || listsNumbers;
  }
  const { keySet: listed } = readValues(feature.categories);
  if (joined.length === 0) return keys.some((key) => listed.has(key));
  const keyOf = meantKey(joined);
  return values.some((value) => listed.has(keyOf(value)));
}
