/** Characters of a text that are looked at; of a longer one the first. */
const MOST_CHARACTERS = 4000;
const WORD = /[\p{L}\p{N}_]+/gu;

/** The words of a text, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return text.slice(0, MOST_CHARACTERS).toLowerCase().match(WORD) ?? [];
}

/** A text as models take it: its words in lower case, joined by one space each. */
export function canonical(text: string): string {
  return wordsOf(text).join(" ");
}
