/** @file Columns and features of which one is called like a value of the other: `female` is 1 where `gender` says female. */

import type { ColumnProfile } from "../../columns/profile";
import type { SpaceFeature } from "../../space/space";
import { nameWords } from "../names/names";
import { readValuesOf, type ValuePairs } from "./join-values";
import { meaningAlone } from "./meanings-of-values";
import { plainSpelling } from "./plain-spelling";
import { readValues } from "./read-values";
import { VOCABULARIES, type Vocabulary, vocabularyOf } from "./vocabularies";

/** A name that is a word of a vocabulary, such as `is_male`. */
interface Named {
  readonly vocabulary: Vocabulary;
  readonly meaning: number;
}

/** What values are as a feature, and the vocabulary by which they are; null: one of them is spelt as the feature is called. */
interface Meant {
  readonly values: ValuePairs;
  readonly vocabulary: Vocabulary | null;
}

/**
 * What a column's values are as a feature of 1 and 0 that is called like one of them.
 *
 * @returns No values if it is not.
 */
export function asOneValue(column: ColumnProfile, feature: SpaceFeature): Meant {
  if (column.type !== "category") return { values: [], vocabulary: null };
  const read = readValuesOf(column);
  const { values, plain } = read;
  const isAll = column.distinctIsExact && column.distinct === values.length && values.length > 1;
  for (const { named, bare } of calledOf(feature)) {
    const meant = named ? read.meaningsIn(named.vocabulary) : new Map<string, number>();
    if ([...meant.values()].some((meaning) => meaning === named!.meaning)) {
      const asked = named!.meaning;
      const pairs = [...meant].map(
        ([own, meaning]) => [own, meaning === asked ? "1" : "0"] as const,
      );
      return { values: pairs, vocabulary: named!.vocabulary };
    }
    if (isAll && read.plainSet.has(bare)) {
      const pairs = values.map((value, i) => [value, plain[i] === bare ? "1" : "0"] as const);
      return { values: pairs, vocabulary: null };
    }
  }
  return { values: [], vocabulary: null };
}

/** What a feature is called, as it is compared with values. */
interface Called {
  readonly named: Named | null;
  /** As `plainSpelling` has it. */
  readonly bare: string;
}

const called = new WeakMap<SpaceFeature, readonly Called[]>();

/** All names of a feature; made once of it. */
export function calledOf(feature: SpaceFeature): readonly Called[] {
  const known = called.get(feature);
  if (known) return known;
  const made = [feature.name, ...feature.aliases].map((name) => ({
    named: namedAfter(name),
    bare: plainSpelling(bareName(name)),
  }));
  called.set(feature, made);
  return made;
}

/**
 * What yes and no, or 1 and 0, of a column that is called like one of two values are as a feature that lists both, or
 * as one of 1 and 0 that is called like the other.
 *
 * @returns Empty if it is not called so.
 */
export function asOneOfTwo(column: ColumnProfile, feature: SpaceFeature): ValuePairs {
  const named = namedAfter(column.name);
  if (named?.vocabulary.meanings !== 2) return [];
  const { vocabulary, meaning } = named;
  const truths = readValuesOf(column).meaningsIn(vocabularyOf("truth"));
  const levelOf = levelsOf(feature, vocabulary);
  const [yes, no] = [levelOf.get(meaning), levelOf.get(1 - meaning)];
  if (yes === undefined || no === undefined) return [];
  return [...truths].map(([own, truth]) => [own, truth === 0 ? yes : no]);
}

/** By meaning, what a feature has for it. */
function levelsOf(feature: SpaceFeature, vocabulary: Vocabulary): ReadonlyMap<number, string> {
  if (feature.type === "category") {
    const meant = readValues(feature.categories).meaningsIn(vocabulary);
    return new Map([...meant].map(([level, meaning]) => [meaning, level]));
  }
  const named = calledOf(feature)[0]?.named;
  if (named?.vocabulary !== vocabulary) return new Map();
  return new Map([
    [named.meaning, "1"],
    [1 - named.meaning, "0"],
  ]);
}

/** Null if a name is no word of a vocabulary. */
export function namedAfter(name: string): Named | null {
  for (const vocabulary of VOCABULARIES) {
    if (vocabulary.name === "truth") continue;
    const meaning = meaningAlone(bareName(name), vocabulary);
    if (meaning !== null) return { vocabulary, meaning };
  }
  return null;
}

/** Whether a name says what words of a vocabulary tell: `customer_gender`, or `M/F`. */
export function isAbout(name: string, { name: subject, words }: Vocabulary): boolean {
  const said = nameWords(name);
  return said.includes(subject) || (said.length > 1 && said.every((word) => words.has(word)));
}

/** `is_male`, `isMale`, `sex_male`, `male?` are `male`. */
export function bareName(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .trim()
    .replace(/^(?:is|has|sex|gender|是|为)[\s_.-]+|^[是为]|[\s_.-]+(?:flag|yn)$|\?$/giu, "");
}
