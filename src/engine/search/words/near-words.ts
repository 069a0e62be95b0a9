import { dictionary } from "./dictionary";

/** Fewer letters are not taken for the beginning of a word, or for a misspelt one. */
const FEWEST_BEGUN = 3;
const FEWEST_MISSPELT = 4;
/** From so many letters on, two may be wrong. */
const LONG = 8;

/** A key that may be what somebody meant who wrote another word: letters only. */
export function isPlainWord(key: string): boolean {
  return /^[a-z]{4,24}$/.test(key);
}

/**
 * Whether a word may stand for another one: as its beginning, or misspelt. The first letter is taken to be right.
 *
 * @param word - A stem that the dictionary does not know.
 * @param other - A key for which `isPlainWord` holds.
 */
export function isNear(word: string, other: string): boolean {
  if (word === other || word === "" || !other.startsWith(word.charAt(0))) return false;
  if (word.length >= FEWEST_BEGUN && other.startsWith(word)) return true;
  if (word.length < FEWEST_MISSPELT) return false;
  const most = word.length >= LONG ? 2 : 1;
  return Math.abs(word.length - other.length) <= most && slips(word, other) <= most;
}

/** Concepts, as keys, whose English words are near. */
export function nearConcepts(word: string): string[] {
  const found = new Set<string>();
  for (const [known, concepts] of dictionary().concepts) {
    if (!isPlainWord(known) || !isNear(word, known)) continue;
    for (const concept of concepts) found.add(`~${concept}`);
  }
  return [...found];
}

/**
 * How many letters were left out, added, changed, or swapped with the next.
 *
 * Source: Damerau, "A technique for computer detection and correction of spelling errors", CACM 7 (1964); by the
 * restricted form, in which no letter is edited twice.
 */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let fewest = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) fewest = Math.min(fewest, before[j - 2]! + 1);
      row.push(fewest);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
