/** @file What stands below a table, by its first words. */

import { trimCell } from "../../columns/missing";
import type { UndoableRepair } from "../../columns/profile";
import { kindOf, type ToldKind } from "./kinds";
import { filledWidth } from "./widths";

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

/** Titles of a table that goes on under the same names are no longer than this. */
export const MOST_TITLES = 3;
/** Of names that come again, so many must be the same where their number is not. */
const SAME_NAMES = 0.7;
const FEWEST_NAMES = 3;

/**
 * Whether a row that stands below a title names the columns of another table: words of their own, of which the first, and no
 * more, must be the same.
 */
export function areOtherNames(record: readonly string[], names: readonly string[]): boolean {
  const filled = record.map(trimCell).filter((cell) => cell !== "");
  return (
    filled.length > 1 &&
    trimCell(record[0] ?? "") !== "" &&
    trimCell(record[0] ?? "") === trimCell(names[0] ?? "") &&
    new Set(filled).size === filled.length &&
    filled.every((cell) => kindOf(cell) === "text")
  );
}

/** Whether words of their own stand in all columns of numbers and the like, of which there are several. */
export function areWordsOver(record: readonly string[], kinds: readonly ToldKind[]): boolean {
  const over = kinds.flatMap((kind, j) => (kind === null ? [] : [trimCell(record[j] ?? "")]));
  return (
    over.length > 1 &&
    new Set(over).size === over.length &&
    over.every((cell) => kindOf(cell) === "text")
  );
}

/**
 * Whether a row is the names once more: the same ones, under which the same table goes on, or most of them among others, which
 * are those of another table. Null if it is a row, or was told to be one.
 */
export function namesAgain(
  record: readonly string[],
  names: readonly string[],
  undone: readonly UndoableRepair[],
): "names_again" | "second_table" | null {
  if (names.length < 2) return null;
  const width = filledWidth(names);
  const alike = Math.min(width, record.length);
  for (let j = 0; j < alike; j++) {
    if (trimCell(record[j] ?? "") !== trimCell(names[j] ?? "")) return null;
  }
  const isSame = filledWidth(record) === width;
  if (!isSame && (alike < FEWEST_NAMES || alike < SAME_NAMES * width)) return null;
  const code = isSame ? "names_again" : "second_table";
  return undone.includes(code) ? null : code;
}
