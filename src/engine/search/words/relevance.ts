import type { Translations } from "../../learnware/manifest";
import { isNear, isPlainWord, nearConcepts } from "./near-words";
import { keysOf, type Term, termsOf } from "./terms";

/** A share of what was asked for; a learnware with less of it is not what was meant. */
export const LEAST_RELEVANCE = 0.6;
/** What a word counts that may be misspelt, or is only begun. */
export const NEAR_COUNTS = 0.8;
/** Of the whole, what it counts that the name has the words too. */
export const NAME_COUNTS = 0.1;

/** What a learnware says of itself, as a search by words looks at it. */
export interface Said {
  readonly name: string;
  readonly description: string;
  /** As `tagsOf` has them. */
  readonly tags: readonly string[];
  readonly target: string;
  /** Name and description in other languages. */
  readonly translations?: Translations | undefined;
}

/** Keys of what is to be found by words; library and licence are not what one looks for with them. */
const TOLD = /^(?:Data|Task|Scenario):/;

/** Keys of all that it says, and those of its name once more as `^key`. */
export function searchKeysOf(said: Said): string[] {
  const { name, description, tags, target, translations = {} } = said;
  const others = Object.values(translations).filter((one) => one !== undefined);
  const names = [name, ...others.map((one) => one.name)].join("\n");
  const told = tags.filter((tag) => TOLD.test(tag)).map((tag) => tag.replace(TOLD, ""));
  const texts = [description, target, ...told, ...others.map((one) => one.description)];
  const inName = keysOf(names);
  const keys = new Set([...inName, ...keysOf(texts.join("\n"))]);
  return [...keys, ...[...inName].map((key) => `^${key}`)];
}

/** A term, and the keys that count nearly as much. */
export interface Wanted {
  readonly term: Term;
  readonly near: readonly string[];
}

/** @returns Empty if the text has nothing to look for. */
export function wantedOf(text: string): Wanted[] {
  return termsOf(text).map((term) => ({
    term,
    near: term.unknown === null ? [] : nearConcepts(term.unknown),
  }));
}

/**
 * How well what was asked for is met: the share of terms that are there, one that is only near counting `NEAR_COUNTS`;
 * with it, for `NAME_COUNTS` of the whole, the share that the name has.
 *
 * @param keys - As `searchKeysOf` makes them.
 * @returns In (0, 1]; null if less than `LEAST_RELEVANCE` of it is there.
 */
export function relevance(wanted: readonly Wanted[], keys: ReadonlySet<string>): number | null {
  let there = 0;
  let named = 0;
  for (const one of wanted) {
    there += presence(one, keys);
    if (one.term.keys.some((key) => keys.has(`^${key}`))) named++;
  }
  const share = there / wanted.length;
  if (!(share >= LEAST_RELEVANCE)) return null;
  return (1 - NAME_COUNTS) * share + NAME_COUNTS * (named / wanted.length);
}

function presence({ term, near }: Wanted, keys: ReadonlySet<string>): number {
  if (term.keys.some((key) => keys.has(key))) return 1;
  const { unknown } = term;
  if (unknown === null) return 0;
  if (near.some((key) => keys.has(key))) return NEAR_COUNTS;
  for (const key of keys) if (isPlainWord(key) && isNear(unknown, key)) return NEAR_COUNTS;
  return 0;
}
