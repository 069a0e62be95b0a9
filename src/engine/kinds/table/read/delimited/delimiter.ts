import { parseNumber } from "../../columns/numerals";
import { trimCell } from "../../columns/missing";

/** Comma and space: for `a, "b, c"`, where the space would hide the quotation mark. */
const CANDIDATES = [",", ";", "\t", "|", ", ", "^", "~", "\x1f"];
/** A cell that holds one of these was probably cut at the wrong character. */
const OTHERS = [";", "\t", "|", "\x1f"];
const TRIAL_RECORDS = 200;

type Records = readonly (readonly string[])[];

/**
 * The character between cells: the one that gives the most records of the same width as the
 * first, with the cleanest cells. A comma if none cuts anything.
 *
 * @param cut - The first records of the file, for a delimiter.
 */
export function sniffDelimiter(cut: (delimiter: string) => Records): string {
  let best = ",";
  let bestScore = 0;
  for (const delimiter of CANDIDATES) {
    const score = scoreOf(cut(delimiter).slice(0, TRIAL_RECORDS));
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  if (bestScore === 0 && isSpaced(cut(" ").slice(0, TRIAL_RECORDS))) return " ";
  return best;
}

function scoreOf(records: Records): number {
  const { width, share } = mode(records);
  if (width < 2) return 0;
  let cells = 0;
  let clean = 0;
  for (const record of records) {
    for (const cell of record) {
      cells++;
      if (!OTHERS.some((other) => cell.includes(other))) clean++;
    }
  }
  const first = records[0]?.length === width ? 1 : 0.6;
  return share * first * (0.5 + (0.5 * clean) / cells) + Math.min(width, 20) * 0.001;
}

function mode(records: Records): { readonly width: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let width = 0;
  let count = 0;
  for (const [length, times] of counts) {
    if (times > count) {
      width = length;
      count = times;
    }
  }
  return { width, share: count / Math.max(1, records.length) };
}

/** Spaces cut words as well, so they count only between columns of numbers. */
function isSpaced(records: Records): boolean {
  const { width, share } = mode(records);
  if (width < 2 || share < 0.95 || records.length < 2) return false;
  const numbers = records
    .slice(1)
    .flat()
    .filter((cell) => !Number.isNaN(parseNumber(trimCell(cell), { decimal: "." })));
  return numbers.length >= 0.2 * width * (records.length - 1);
}
