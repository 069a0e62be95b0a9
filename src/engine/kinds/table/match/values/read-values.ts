import { categoryKey } from "../../../../ground/category-key";
import { meaningsOfWords, wordOf } from "./meanings-of-values";
import { Phrases } from "./phrases";
import { plainSpelling } from "./plain-spelling";
import type { Vocabulary } from "./vocabularies";

/**
 * Values of a column, or those that a category lists, made ready to be compared with many others. Each part is made
 * when it is first asked for: comparing two lists takes no longer for the length of what they say.
 */
export class ReadValues {
  readonly values: readonly string[];
  #keys: readonly string[] | null = null;
  #keySet: ReadonlySet<string> | null = null;
  #plain: readonly string[] | null = null;
  #plainSet: ReadonlySet<string> | null = null;
  #byPlain: ReadonlyMap<string, string> | null = null;
  #words: ReadonlyMap<string, string> | null = null;
  #phrases: Phrases | null = null;
  readonly #meanings = new Map<Vocabulary, ReadonlyMap<string, number>>();
  readonly #byMeaning = new Map<Vocabulary, ReadonlyMap<number, string>>();

  constructor(values: readonly string[]) {
    this.values = values;
  }

  /** As `categoryKey` has each. */
  get keys(): readonly string[] {
    return (this.#keys ??= this.values.map(categoryKey));
  }

  get keySet(): ReadonlySet<string> {
    return (this.#keySet ??= new Set(this.keys));
  }

  /** As `plainSpelling` has each. */
  get plain(): readonly string[] {
    return (this.#plain ??= this.values.map(plainSpelling));
  }

  get plainSet(): ReadonlySet<string> {
    return (this.#plainSet ??= new Set(this.plain));
  }

  /** The value of each spelling that only one has. */
  get byPlain(): ReadonlyMap<string, string> {
    return (this.#byPlain ??= onlyOnes(this.values.map((value, i) => [this.plain[i]!, value])));
  }

  get phrases(): Phrases {
    return (this.#phrases ??= new Phrases(this.values));
  }

  /** Which meaning of a vocabulary each value has, as `meaningsOfWords` says. */
  meaningsIn(vocabulary: Vocabulary): ReadonlyMap<string, number> {
    const known = this.#meanings.get(vocabulary);
    if (known) return known;
    this.#words ??= new Map(this.values.map((value, i) => [value, wordOf(this.plain[i]!)]));
    const made = meaningsOfWords(this.#words, vocabulary);
    this.#meanings.set(vocabulary, made);
    return made;
  }

  /** The value of each meaning that only one has. */
  byMeaning(vocabulary: Vocabulary): ReadonlyMap<number, string> {
    const known = this.#byMeaning.get(vocabulary);
    if (known) return known;
    const made = onlyOnes(
      [...this.meaningsIn(vocabulary)].map(([value, meaning]) => [meaning, value] as const),
    );
    this.#byMeaning.set(vocabulary, made);
    return made;
  }
}

const read = new WeakMap<readonly string[], ReadValues>();

/** Made once of a list. */
export function readValues(values: readonly string[]): ReadValues {
  const known = read.get(values);
  if (known) return known;
  const made = new ReadValues(values);
  read.set(values, made);
  return made;
}

/** By key, what only one entry has. */
function onlyOnes<Key>(entries: readonly (readonly [Key, string])[]): ReadonlyMap<Key, string> {
  const found = new Map<Key, string | null>();
  for (const [key, value] of entries) found.set(key, found.has(key) ? null : value);
  return new Map(
    [...found].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
  );
}
