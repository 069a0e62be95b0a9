import { modelWordsOf } from "./embed/canonical";

/** Words of a text, on the mean: names of people have fewer. */
const FEWEST_WORDS = 5;
/** Share of cells that are like no other. */
const LEAST_DIFFERENT = 0.5;

/** Whether cells are texts, rather than names, codes or the same few words again and again. */
export function areTexts(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => /\p{L}/u.test(cell));
  if (filled.length === 0 || 2 * filled.length < cells.length) return false;
  const words = filled.reduce((sum, cell) => sum + modelWordsOf(cell).length, 0);
  const different = new Set(filled).size;
  return words >= FEWEST_WORDS * filled.length && different >= LEAST_DIFFERENT * filled.length;
}
