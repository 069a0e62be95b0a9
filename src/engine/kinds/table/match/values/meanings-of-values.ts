import { plainSpelling } from "./plain-spelling";
import { VOCABULARIES, type Vocabulary } from "./vocabularies";

/**
 * Which meaning of a vocabulary each value has, by what the values have in common with each way of writing: one
 * letter means something only beside another of the same way, and a word where it always means the same.
 *
 * @returns Empty unless two values of different meaning are there.
 */
export function meaningsIn(
  values: readonly string[],
  vocabulary: Vocabulary,
): ReadonlyMap<string, number> {
  const words = new Map(values.map((value) => [value, wordOf(value)]));
  const spelt = new Set(words.values());
  const ways = vocabulary.ways.map((way) => {
    const there = [...spelt].filter((word) => way.has(word));
    return { way, shared: new Set(there.map((word) => way.get(word))).size };
  });
  const meant = new Map<string, number>();
  for (const [value, word] of words) {
    const having = ways.filter(({ way }) => way.has(word));
    const most = Math.max(0, ...having.map(({ shared }) => shared));
    if (most < (isShort(word) ? 2 : 1)) continue;
    const likely = having.filter(({ shared }) => shared === most);
    const meanings = new Set(likely.map(({ way }) => way.get(word)!));
    if (meanings.size === 1) meant.set(value, [...meanings][0]!);
  }
  return new Set(meant.values()).size < 2 ? new Map() : meant;
}

/** What a word means by itself, whichever way it is written; null if that is not sure. */
export function meaningAlone(word: string, vocabulary: Vocabulary): number | null {
  const spelt = wordOf(word);
  return isShort(spelt) ? null : (vocabulary.alone.get(spelt) ?? null);
}

/** The vocabularies of which values on both sides are written. */
export function sharedVocabularies(
  own: readonly string[],
  listed: readonly string[],
): { readonly own: ReadonlyMap<string, number>; readonly listed: ReadonlyMap<string, number> }[] {
  return VOCABULARIES.flatMap((vocabulary) => {
    const known = meaningsIn(listed, vocabulary);
    if (known.size === 0) return [];
    const meant = own.length === 1 ? aloneIn(own[0]!, vocabulary) : meaningsIn(own, vocabulary);
    return meant.size > 0 ? [{ own: meant, listed: known }] : [];
  });
}

/** A column may hold one value only. */
function aloneIn(value: string, vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const meaning = meaningAlone(value, vocabulary);
  return meaning === null ? new Map() : new Map([[value, meaning]]);
}

/** As `plainSpelling`; 1.0 is 1. */
function wordOf(value: string): string {
  return plainSpelling(value).replace(/^([01])[.,]0+$/, "$1");
}

function isShort(word: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\d]$/u.test(word);
}
