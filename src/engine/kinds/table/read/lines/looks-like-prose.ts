/** Lines that are looked at. */
const LOOKED_AT = 200;
/** Of a line, on the mean; runs of signs without blanks between words count a word for two signs. */
const FEWEST_WORDS = 3;
/** Of one line or two, which tell little by their marks. */
const FEWEST_WORDS_OF_FEW = 6;
/** Share of letters among all that is no blank: less where there are numbers. */
const LEAST_LETTERS = 0.7;
/** Share of lines with the same number of marks from which these part cells. */
const ALIKE = 0.8;
const MARKS = ["\t", "|", ";", ","] as const;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{2}/gu;

/**
 * Whether the lines of a file are texts, rather than rows of cells: of words, with no mark that stands in most of them as often.
 *
 * @param text - The beginning of the file, without a line that is cut off.
 */
export function looksLikeProse(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT);
  if (lines.length === 0) return false;
  const all = lines.join("\n");
  const letters = all.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS * all.replace(/\s/g, "").length) return false;
  if (2 * lines.filter((line) => /^\s*[[{<@%]/.test(line)).length > lines.length) return false;
  const words = wordsOf(all) / lines.length;
  const areFew = lines.length < 3;
  if (words < (areFew ? FEWEST_WORDS_OF_FEW : FEWEST_WORDS)) return false;
  const unquoted = lines.map((line) => line.replace(/"[^"]*"/g, ""));
  // The same line again and again says nothing by its marks.
  if (new Set(lines).size === 1 && words >= FEWEST_WORDS_OF_FEW) return !all.includes("\t");
  if (areFew) return !lines.some((line) => line.includes("\t"));
  return !MARKS.some((mark) => shareAlike(unquoted, mark) >= ALIKE);
}

function wordsOf(text: string): number {
  const pairs = text.match(UNSPACED)?.length ?? 0;
  const spaced = text.replace(UNSPACED, "").match(/\p{L}+/gu)?.length ?? 0;
  return pairs + spaced;
}

/** Share of the lines in which a mark stands as often as in most of those that have it. */
function shareAlike(lines: readonly string[], mark: string): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(mark).length - 1;
    if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) / lines.length;
}
