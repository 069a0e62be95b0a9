/** @file The plain way that the fast one is held against: every value with every listed one. */

import { VOCABULARIES } from "../../../../../../../src/engine/kinds/table/match/values/vocabularies";

/** Words that say little without the one that follows: "High" may be no short form of "High school". */
const LEADING = new Set(
  `not non no never none without less least more most other very new old north south east west central upper lower
  high low medium middle semi self part full half un ex former all any some first second third last near far type
  class group level grade category`.split(/\s+/),
);
const NEGATIONS = new Set(["not", "no", "non", "without", "except", "former", "ex", "never"]);
const LEAST_LETTERS = 4;

/**
 * Which listed value each value shortens, or says at more length: "Adelie" is "Adelie Penguin (Pygoscelis adeliae)".
 * Only where exactly one begins with the other's words, and where what follows does not turn it round.
 */
export function shortenedOneByOne(
  own: readonly string[],
  listed: readonly string[],
): ReadonlyMap<string, string> {
  const all = listed.map((level) => ({ level, words: wordsOf(level) }));
  const found = new Map<string, string>();
  const times = new Map<string, number>();
  for (const value of own) {
    const words = wordsOf(value);
    const near = all.filter((one) => begins(words, one.words) || begins(one.words, words));
    if (near.length !== 1) continue;
    const { level } = near[0]!;
    found.set(value, level);
    times.set(level, (times.get(level) ?? 0) + 1);
  }
  return new Map([...found].filter(([, level]) => times.get(level) === 1));
}

/** A word with a meaning of its own is no short form either. */
function saysLittle(word: string): boolean {
  return LEADING.has(word) || VOCABULARIES.some(({ alone }) => alone.has(word));
}

function begins(short: readonly string[], long: readonly string[]): boolean {
  if (short.length === 0 || short.length >= long.length) return false;
  if (short.some((word, i) => word !== long[i])) return false;
  if (short.join("").length < LEAST_LETTERS || short.every(saysLittle)) {
    return false;
  }
  return !long.slice(short.length).some((word) => NEGATIONS.has(word) || /^\d/.test(word));
}

function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
