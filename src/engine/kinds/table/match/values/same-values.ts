import type { ColumnProfile } from "../../columns/profile";
import { readValuesOf } from "./join-values";
import { readValues } from "./read-values";
import { VOCABULARIES } from "./vocabularies";

/** Values that many different columns have. */
const GENERIC = new Set(
  `low medium high middle normal good fair poor bad average excellent small large none other others unknown missing
  less more equal left right first second third start stop open closed active inactive single multiple red green blue
  black white grey gray yellow`.split(/\s+/),
);

/**
 * What share of all values of a column and of a category both have, in [0, 1], however they are spelt (Jaccard
 * index); 0 where a column has more values than are known.
 */
export function sharedValues(column: ColumnProfile, categories: readonly string[]): number {
  if (!column.distinctIsExact || column.distinct !== column.top?.length) return 0;
  const { plainSet: own } = readValuesOf(column);
  const { plainSet: listed } = readValues(categories);
  const shared = [...own].filter((value) => listed.has(value)).length;
  return shared / (own.size + listed.size - shared);
}

/** Whether a category's values tell what it is: three at least, of which two are words of their own. */
export function areTelling(categories: readonly string[]): boolean {
  const read = readValues(categories);
  if (categories.length < 3 || VOCABULARIES.some((one) => read.meaningsIn(one).size > 0)) {
    return false;
  }
  const words = read.plain.filter((value) => !GENERIC.has(value));
  return words.filter((value) => /\p{L}{4}|\p{Script=Han}{2}/u.test(value)).length >= 2;
}
