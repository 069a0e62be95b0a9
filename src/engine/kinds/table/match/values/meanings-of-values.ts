import { plainSpelling } from "./plain-spelling";
import type { Vocabulary } from "./vocabularies";

/**
 * Which meaning of a vocabulary each value has, by what the values have in common with each way of writing: one
 * letter means something only beside another of the same way, and a word where it always means the same.
 *
 * @param words - By value, as `wordOf` has it.
 * @returns Empty unless two values of different meaning are there.
 */
export function meaningsOfWords(
  words: ReadonlyMap<string, string>,
  vocabulary: Vocabulary,
): ReadonlyMap<string, number> {
  const known = [...words].filter(([, word]) => vocabulary.words.has(word));
  if (known.length < 2) return new Map();
  const spelt = new Set(known.map(([, word]) => word));
  const ways = vocabulary.ways.map((way) => {
    const there = [...spelt].filter((word) => way.has(word));
    return { way, shared: new Set(there.map((word) => way.get(word))).size };
  });
  const meant = new Map<string, number>();
  for (const [value, word] of known) {
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
  const spelt = wordOf(plainSpelling(word));
  return isShort(spelt) ? null : (vocabulary.alone.get(spelt) ?? null);
}

/** Of a plain spelling; 1.0 is 1. */
export function wordOf(plain: string): string {
  return plain.replace(/^([01])[.,]0+$/, "$1");
}

function isShort(word: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\d]$/u.test(word);
}
