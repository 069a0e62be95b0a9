import type { ColumnProfile } from "../columns/profile";
import type { Space, SpaceFeature } from "../space/space";
import type { ColumnIndex } from "./column-index";
import { type Pair, pairOf } from "./match-detail";
import { type Meaning, meaningOf, meaningSimilarity } from "./names/meanings";
import type { ValuePairs } from "./values/join-values";
import {
  asOneOfTwo,
  asOneValue,
  bareName,
  calledOf,
  isAbout,
  namedAfter,
} from "./values/named-value";
import { readValues } from "./values/read-values";
import type { Vocabulary } from "./values/vocabularies";
import { areTelling, sharedValues } from "./values/same-values";

/** Categories that have less of their values in common are others. */
const SAME = 0.75;
/** From this likeness of their names on, two categories of the same values are the same. */
const RELATED_NAME = 0.4;
/** How sure it is: names and values say it; only values, which no other category has; values of which one is the feature's name. */
const BOTH_SAY_IT = 0.9;
const VALUES_SAY_IT = 0.75;
const NAMED_SO = 0.85;
/** The column may say of whom: "doctor's gender". */
const NAMED_SO_FOR_OTHERS = 0.65;

/**
 * Columns whose values say that they are a feature, whatever they are called.
 *
 * @param feature - A category, or one of 1 and 0.
 */
export function likelyByValues(
  feature: SpaceFeature,
  island: Space,
  columns: readonly ColumnProfile[],
  index: ColumnIndex,
): Pair[] {
  const named = calledLikeValue(feature, columns, index);
  return feature.type === "category"
    ? [...named, ...ofSameValues(feature, island, columns, index)]
    : named;
}

function calledLikeValue(
  feature: SpaceFeature,
  columns: readonly ColumnProfile[],
  index: ColumnIndex,
): Pair[] {
  const likely = (column: number, values: ValuePairs, confidence: number): Likely[] => {
    if (values.length === 0 || confidence === 0) return [];
    const why = { confidence, reason: "named_value" } as const;
    const pair = pairOf(columns[column]!, column, feature, why, values);
    return [{ pair, likeness: confidence }];
  };
  const called = index.calledLikeValues.flatMap((column) => {
    const { name } = columns[column]!;
    const found = likely(column, asOneOfTwo(columns[column]!, feature), namedSo(name));
    return found.map((one) => ({ ...one, meaning: namedAfter(name)?.meaning }));
  });
  // `male` and `female` beside each other say the same; `male` and `is_male` do not, or one would do.
  const turned = [0, 1].flatMap((meaning) =>
    theOne(called.filter((one) => one.meaning === meaning)),
  );
  if (feature.type === "category") return turned;
  const near = new Set(
    calledOf(feature).flatMap(({ named, bare }) => [
      ...index.having(bare),
      ...(named ? index.inWordsOf(named.vocabulary) : []),
    ]),
  );
  const having = [...near].flatMap((column) => {
    const { values, vocabulary } = asOneValue(columns[column]!, feature);
    return likely(column, values, sureOf(columns[column]!.name, vocabulary));
  });
  return [...theOne(having), ...turned];
}

/** A column that a feature may be, and how alike their names are. */
interface Likely {
  readonly pair: Pair;
  readonly likeness: number;
}

/** The surest; none where others are as sure, or nobody would know why it was this one. */
function theOne(likely: readonly Likely[]): Pair[] {
  const most = (a: Likely, b: Likely) =>
    b.pair.confidence - a.pair.confidence || b.likeness - a.likeness;
  const [first, second] = likely.toSorted(most);
  if (!first || (second && most(first, second) === 0)) return [];
  return [first.pair];
}

/**
 * How sure a column is by what its values mean. Everybody has a sex, so that values which say it do not say whose it is:
 * the column's name has to.
 */
function sureOf(name: string, vocabulary: Vocabulary | null): number {
  return vocabulary && !isAbout(name, vocabulary) ? 0 : namedSo(name);
}

function namedSo(name: string): number {
  return isPlain(name) ? NAMED_SO : NAMED_SO_FOR_OTHERS;
}

/** Whether a column's name is one word, but for what is said in every name. */
function isPlain(name: string): boolean {
  return meaningOf(bareName(name)).length === 1;
}

function ofSameValues(
  feature: SpaceFeature,
  island: Space,
  columns: readonly ColumnProfile[],
  index: ColumnIndex,
): Pair[] {
  const { name, aliases, categories } = feature;
  const near = new Set([...readValues(categories).plainSet].flatMap((one) => index.having(one)));
  const same = [...near].flatMap((column) => {
    const shared = sharedValues(columns[column]!, categories);
    return shared >= SAME ? [{ column, shared }] : [];
  });
  if (same.length === 0) return [];
  const names = [name, ...aliases].map(meaningOf);
  const isOnly =
    same.length === 1 &&
    areTelling(categories) &&
    categories.every((level) => timesListed(island).get(level) === 1);
  const likely = same.flatMap(({ column, shared }): Likely[] => {
    const likeness = likest(meaningOf(columns[column]!.name), names);
    const sure = likeness >= RELATED_NAME ? BOTH_SAY_IT : isOnly ? VALUES_SAY_IT : 0;
    const why = { confidence: sure * shared, reason: "same_values" } as const;
    return sure > 0 ? [{ pair: pairOf(columns[column]!, column, feature, why), likeness }] : [];
  });
  return theOne(likely);
}

const times = new WeakMap<Space, ReadonlyMap<string, number>>();

/** How many features of an island list each value; counted once of it. */
function timesListed(island: Space): ReadonlyMap<string, number> {
  const known = times.get(island);
  if (known) return known;
  const made = new Map<string, number>();
  for (const { categories } of island.features) {
    for (const level of new Set(categories)) made.set(level, (made.get(level) ?? 0) + 1);
  }
  times.set(island, made);
  return made;
}

function likest(meaning: Meaning, others: readonly Meaning[]): number {
  return Math.max(...others.map((other) => meaningSimilarity(meaning, other)));
}
