/** Characters of a text that are looked at; of a longer one the first. */
const MOST_CHARACTERS = 4000;
const WORD = /[\p{L}\p{N}_]+/gu;
/** With the marks that vowels are in many scripts; a picture is a word, too. */
const WHOLE_WORD = /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*|\p{Extended_Pictographic}/gu;
/** Runs of signs that are written without blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/** The words of a text, in lower case, as spaces that are pinned have them. */
export function wordsOf(text: string): readonly string[] {
  return text.slice(0, MOST_CHARACTERS).toLowerCase().match(WORD) ?? [];
}

/**
 * The words of a text that models know, in lower case; where no blanks stand between words every two signs that follow each
 * other. Of these words again it makes the same ones.
 */
export function modelWordsOf(text: string): readonly string[] {
  const plain = text.slice(0, MOST_CHARACTERS).normalize("NFC").toLowerCase();
  const spaced = plain.replace(UNSPACED, (run) => ` ${pairsOf(run)} `);
  return spaced.match(WHOLE_WORD) ?? [];
}

/** A text as models take it: its words in lower case, joined by one space each. */
export function canonical(text: string): string {
  return modelWordsOf(text).join(" ");
}

function pairsOf(run: string): string {
  const signs = Array.from(run);
  if (signs.length === 1) return run;
  return signs
    .slice(1)
    .map((sign, i) => `${signs[i]!}${sign}`)
    .join(" ");
}
