import { VOCABULARIES } from "./vocabularies";

/** Words that say little without the one that follows: "High" may be no short form of "High school". */
const LEADING = new Set(
  `not non no never none without less least more most other very new old north south east west central upper lower
  high low medium middle semi self part full half un ex former all any some first second third last near far type
  class group level grade category`.split(/\s+/),
);
const NEGATIONS = new Set(["not", "no", "non", "without", "except", "former", "ex", "never"]);
const LEAST_LETTERS = 4;

/** A value by its words. Most are never near another, and are read no further. */
export class Phrase {
  readonly text: string;
  /** Its words, a blank between each. */
  readonly said: string;
  #words: readonly string[] | null = null;

  constructor(text: string) {
    this.text = text;
    this.said = text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, () => " ") // As in `categoryKey`.
      .trim();
  }

  get words(): readonly string[] {
    return (this.#words ??= this.said.split(" "));
  }

  /** Whether it says enough to stand for a longer one. */
  get isTelling(): boolean {
    return this.words.join("").length >= LEAST_LETTERS && !this.words.every(saysLittle);
  }

  /** Before which word it can end without being turned round by what follows. */
  get mayEndFrom(): number {
    return 1 + this.words.findLastIndex((word) => NEGATIONS.has(word) || /^\d/.test(word));
  }
}

/** Whether a value can stand for a longer one that begins with its words: what follows does not turn it round. */
export function standsFor(short: Phrase, long: Phrase): boolean {
  return short.isTelling && short.words.length >= long.mayEndFrom;
}

/** A word with a meaning of its own is no short form either. */
function saysLittle(word: string): boolean {
  return LEADING.has(word) || VOCABULARIES.some(({ alone }) => alone.has(word));
}
