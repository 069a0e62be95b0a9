const NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const NUMBERS = new RegExp(`\\b(?:${NUMBER_WORDS.join("|")})\\b`, "g");

/**
 * A value however it is spelt: case, accents, blanks, and marks between letters do not count, and one year is 1 year.
 * Marks that make another value of it do: A+ is not A, 1-2 is not 12, and −1 is not 1.
 */
export function plainSpelling(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .trim()
    .toLowerCase()
    .replace(/ı/g, "i")
    .replace(/ß/g, "ss")
    .replace(NUMBERS, (word) => String(NUMBER_WORDS.indexOf(word) + 1))
    .replace(/^["'“”‘’(]+|["'“”‘’).]+$/g, "")
    .replace(
      /(?<=\p{L})[\s_\-./'’",&:;()]+(?=[\p{L}\p{N}])|(?<=\p{N})[\s_\-./'’",&:;()]+(?=\p{L})/gu,
      () => "", // As in `categoryKey`.
    );
}
