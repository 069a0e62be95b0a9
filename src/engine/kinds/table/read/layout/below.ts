/** @file What stands below a table, by its first words. */

import { trimCell } from "../../columns/missing";

const TOTAL =
  /^(?:grand\s+)?(?:sub)?(?:total|sum|average|mean|avg|median|summe|gesamt|somme|moyenne|promedio|合计|总计|小计|平均|平均值|総計|合計)s?\s*:?$/i;
const END = /^\W*(?:eof|end|ende|fin|fine|结束|完)\W*$/i;

/** Whether the first words of a row say that it holds sums or means of the others. */
export function isTotal(label: string): boolean {
  return TOTAL.test(label);
}

/**
 * Whether a text alone at the end is the beginning of a row that was cut off, rather than a note: no longer than the words that
 * rows begin with, in as many words.
 *
 * @param firsts - First cells of the rows above.
 */
export function isCutOff(text: string, firsts: readonly string[]): boolean {
  const named = firsts.map(trimCell).filter((cell) => /\p{L}/u.test(cell));
  const words = (cell: string) => cell.split(/\s+/).length;
  const own = text.trim();
  return (
    2 * named.length > firsts.length &&
    !END.test(own) &&
    own.length <= Math.max(...named.map((cell) => cell.length)) &&
    words(own) <= Math.max(...named.map(words))
  );
}
