import { trimCell } from "../../columns/missing";

/** Lines are drawn in tables made for the eye, between bars or blanks; between commas two hyphens say that there is no value. */
const DRAWN_BETWEEN: ReadonlySet<string> = new Set(["|", " ", "blanks", "\t"]);
const DRAWN = /^[-=+:|_ ]+$/;
const RUN = /-{2}|={2}|_{3}/;
const SHORTEST = 4;

/** Ends files of DOS. */
const END_OF_FILE = "\x1a";

/**
 * Whether a record is a line that is drawn, as below the names in Markdown and in what databases print, or a mark of the end: no row,
 * whatever its cells.
 */
export function isRule(record: readonly string[], delimiter: string): boolean {
  const [first = ""] = record;
  if (first !== "" && !"-=+:|_ \x1a".includes(first.charAt(0))) return false;
  if (record.length === 1) return first === END_OF_FILE || isDrawn(first);
  if (!DRAWN_BETWEEN.has(delimiter)) return false;
  const filled = record.map(trimCell).filter((cell) => cell !== "");
  return filled.every((cell) => DRAWN.test(cell)) && isDrawn(filled.join(""));
}

function isDrawn(text: string): boolean {
  return text.length >= SHORTEST && DRAWN.test(text) && RUN.test(text);
}
