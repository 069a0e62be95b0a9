import { trimCell } from "../../../columns/missing";
import { parseNumber } from "../../../columns/spelling/numerals";
import { BLANKS, type Dialect } from "../cut/cutter";
import { placesOf, placesOfRule } from "./places";

const DELIMITERS = [",", ";", "\t", "|", "^", "~", "\x1f"];
/** A cell that holds one of these was probably cut at the wrong character. */
const OTHERS = [";", "\t", "|", "\x1f"];
const TRIAL_RECORDS = 200;
/** Share of words among what is cut at blanks from which these are no ends of cells. */
const MOSTLY = 0.75;
/** So much better must blanks be than what is usual. */
const CLEARLY = 1.25;
/** And single quotation marks, which words hold too. */
const SINGLE = 1.1;

type Records = readonly (readonly string[])[];

/** What the user said of it already. */
export interface DialectChoice {
  readonly delimiter?: string;
  readonly quote?: Dialect["quote"];
}

/**
 * How lines are cut into cells: as gives the most records of one width, with the cleanest cells. By commas if nothing cuts
 * anything. After van den Burg et al., "Wrangling messy CSV files by detecting row and type patterns", DMKD 2019: a dialect
 * is right if rows have one pattern and cells have types; here widths stand for patterns.
 *
 * @param cut - The first records of the file, for a dialect, and how many have marks that are no pairs.
 */
export function sniffDialect(
  head: string,
  cut: (dialect: Dialect) => { readonly records: Records; readonly stray: number },
  choice: DialectChoice,
): Dialect {
  const records = (dialect: Dialect) => cut(dialect).records.slice(0, TRIAL_RECORDS);
  const ruled = choice.delimiter === undefined ? placesOfRule(head) : null;
  if (ruled) return { ...dialectOf(BLANKS), places: ruled };
  const told = choice.delimiter === undefined ? DELIMITERS : [choice.delimiter];
  let best = dialectOf(told[0]!, choice.quote ?? '"');
  let bestScore = 0;
  for (const delimiter of told) {
    for (const [quote, escape, handicap] of quotings(head, delimiter, choice.quote)) {
      const dialect = { delimiter, quote, escape, hasTwins: false, places: null };
      const { records: all, stray } = cut(dialect);
      // Marks that are no pairs are those of another dialect, or few.
      const share = stray / Math.max(1, all.length);
      const score = (scoreOf(all.slice(0, TRIAL_RECORDS)) * (1 - 0.5 * share)) / handicap;
      if (score > bestScore) [best, bestScore] = [dialect, score];
    }
  }
  if (best.quote === "'") best = { ...best, hasTwins: areTwins(records(best)) };
  if (choice.delimiter !== undefined) return best;
  const spaced = blanksInstead(head, records, bestScore);
  // Words and numbers hold commas and blanks too: below a single name they are no ends of cells.
  const mayBeOne = spaced ?? (best.delimiter === "," ? best : null);
  if (mayBeOne && isOneColumn(records(mayBeOne), mayBeOne)) return dialectOf(unusedIn(head));
  return spaced ?? best;
}

/** A delimiter that cuts nothing. */
function unusedIn(head: string): string {
  return ["\t", ";", "|"].find((delimiter) => !head.includes(delimiter)) ?? "\x1f";
}

/**
 * Whether what was cut is one column: a name alone over rows that would have several cells, and neither names of their own nor,
 * as R writes them, quoted row names. Names of several words may be titles: then rows must be numbers or sentences.
 */
function isOneColumn(cut: Records, { delimiter, places }: Dialect): boolean {
  const [top = [], ...rows] = cut;
  const [name = "", ...others] = top;
  const isAlone = places === null ? others.length === 0 : others.every((cell) => !cell.trim());
  if (!isAlone || rows.length < 2 || !/^[^"#%\s]/.test(name.trim())) return false;
  const [first, ...below] = rows;
  const isNamed =
    first!.every((cell) => /\p{L}/u.test(cell)) && below.some((row) => row.some(isNumber));
  const firsts = new Set(rows.map((row) => row[0]));
  const isShort =
    firsts.size === rows.length &&
    rows.every((row) => /\p{L}/u.test(row[0]!) && isNumber(row[1] ?? ""));
  if (isNamed || isShort) return false;
  if (!/\s/.test(name.trim()) && mode(rows).width === 2) return true;
  if (delimiter !== ",") return !/\s/.test(name.trim()) && areWords(rows);
  return areSentences(rows) || areWholeNumbers(rows);
}

/** Cut at blanks, where most of what comes of it is words: texts of equal length. */
function areWords(rows: Records): boolean {
  const cells = rows.flat();
  return cells.filter((cell) => /\p{L}/u.test(cell)).length >= MOSTLY * cells.length;
}

/** Cut at commas with a blank after each, and no numbers between them. */
function areSentences(rows: Records): boolean {
  const ends = rows.flatMap((row) => row.slice(1));
  return ends.length > 0 && ends.every((cell) => /^\s/.test(cell) && !isNumber(cell));
}

/** Cut at commas, where every line is a number: 1,250.00 or 12,50, but not 1,2, which may be two. */
function areWholeNumbers(rows: Records): boolean {
  const lines = rows.map((row) => trimCell(row.join(",")));
  if (rows.every((row) => row.length === 1)) return false;
  return ([".", ","] as const).some((decimal) =>
    lines.every((line, i) => {
      const isLong = rows[i]!.length === 1 || /^\D*\d{2}/.test(rows[i]![1]!);
      return isLong && !Number.isNaN(parseNumber(line, { decimal }));
    }),
  );
}

function dialectOf(delimiter: string, quote: Dialect["quote"] = '"'): Dialect {
  return { delimiter, quote, escape: "doubled", hasTwins: false, places: null };
}

/** Whether double quotation marks stand twice wherever they stand, and not once only. */
function areTwins(cut: Records): boolean {
  const runs = cut.flat().flatMap((cell) => cell.match(/"+/g) ?? []);
  return runs.length > 1 && runs.every((run) => run.length % 2 === 0);
}

/** Only those of which the text shows a sign, each with how much better it must be than the usual one. */
function quotings(
  head: string,
  delimiter: string,
  told: Dialect["quote"] | undefined,
): (readonly [Dialect["quote"], Dialect["escape"], number])[] {
  const usual = told ?? '"';
  const all: (readonly [Dialect["quote"], Dialect["escape"], number])[] = [[usual, "doubled", 1]];
  if (usual !== "" && head.includes(`\\${usual}`)) all.push([usual, "backslash", 1.001]);
  if (told === undefined && isAround(head, "'", delimiter))
    all.push(["'", "doubled", SINGLE], ["'", "backslash", SINGLE + 0.05]);
  return all;
}

/** Whether a mark often stands right after a delimiter or a line end, and right before one. */
function isAround(head: string, mark: string, delimiter: string): boolean {
  const text = head.replace(/\r\n?/g, "\n");
  const before = text.split(`${delimiter}${mark}`).length + text.split(`\n${mark}`).length - 2;
  const after = text.split(`${mark}${delimiter}`).length + text.split(`${mark}\n`).length - 2;
  return before >= 2 && after + 2 >= 0.9 * before;
}

/** Blanks also stand between words, so they count only where they cut well: by one, by any number, or by place. */
function blanksInstead(
  head: string,
  records: (dialect: Dialect) => Records,
  bestScore: number,
): Dialect | null {
  const quotes = isAround(head, "'", " ") && !head.includes('"') ? (["'", '"'] as const) : (['"'] as const); // prettier-ignore
  for (const [delimiter, quote] of [" ", BLANKS].flatMap((one) =>
    quotes.map((two) => [one, two] as const),
  )) {
    // prettier-ignore
    const dialect = dialectOf(delimiter, quote);
    const cut = records(dialect);
    const isAsRegular = bestScore === 0 || scoreOf(cut) > CLEARLY * bestScore;
    if (isAsRegular && isSpaced(cut, delimiter, head)) return dialect;
  }
  if (bestScore > 0) return null;
  const places = placesOf(head);
  return places && { ...dialectOf(BLANKS), places };
}

function scoreOf(records: Records): number {
  const { width, share } = mode(records);
  if (width < 2) return 0;
  let cells = 0;
  let clean = 0;
  // 'tis begins with a mark that no cell ends with: it is none around a cell.
  const marked = records.flatMap((record) => record.filter((cell) => cell.includes("'")));
  const isOnly = (cell: string, atStart: boolean) =>
    cell.startsWith("'") === atStart && cell.endsWith("'") !== atStart;
  const trimmed = marked.map((cell) => cell.trim());
  const isApostrophe = [true, false].some(
    (atStart) => !trimmed.some((cell) => isOnly(cell, atStart)),
  );
  for (const record of records) {
    for (const cell of record) {
      cells++;
      if (!OTHERS.some((other) => cell.includes(other)) && !isHalfQuoted(cell, isApostrophe))
        clean++;
    }
  }
  const first = records[0]?.length === width ? 1 : 0.6;
  return share * first * (0.5 + (0.5 * clean) / cells) + Math.min(width, 20) * 0.001;
}

/** A mark at one end only, or around the whole: it was not taken for what it is. */
function isHalfQuoted(cell: string, isApostrophe: boolean): boolean {
  const text = cell.trim();
  if (isApostrophe && text.startsWith("'") !== text.endsWith("'")) return /^"|"$/.test(text);
  return /^["']/.test(text) || /["']$/.test(text);
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

function isSpaced(records: Records, delimiter: string, head: string): boolean {
  // The names may be one short.
  const { width, share } = mode(records.slice(1));
  if (width < 2 || share < 0.95 || records.length < 2) return false;
  const below = records.slice(1).flat();
  // Runs of blanks leave no cell empty; between single ones an empty cell means a run.
  const blank = records
    .slice(1)
    .flatMap((record) => record.slice(0, -1))
    .filter((cell) => cell === "").length;
  if (delimiter === " " && blank > 0.02 * below.length) return false;
  const areQuoted = head.split('" "').length > 0.5 * (width - 1) * records.length;
  return areQuoted || below.filter(isNumber).length >= 0.2 * width * (records.length - 1);
}

function isNumber(cell: string): boolean {
  return !Number.isNaN(parseNumber(trimCell(cell), { decimal: "." }));
}
