import { NextPlace } from "./next-place";
import { hasSwallowed, type QuotedCell } from "./swallowed";

export type LineEnd = "\n" | "\r\n" | "\r";

/** How lines are cut into cells. */
export interface Dialect {
  /** One character; or `BLANKS`. */
  readonly delimiter: string;
  /** The mark around cells that hold delimiters, line ends or marks; empty if there is none. */
  readonly quote: '"' | "'" | "";
  /** How the mark is written within such a cell. */
  readonly escape: "doubled" | "backslash";
  /** Double quotation marks stand twice for one, although single ones are around cells: these were put in their place. */
  readonly hasTwins: boolean;
  /** Where columns begin in lines that are cut by place; null for others. */
  readonly places: readonly number[] | null;
}

/** Stands for any number of blanks and tabs between cells. */
export const BLANKS = "blanks";

interface Cut {
  readonly records: string[][];
  /** Characters up to the end of the last complete record. */
  readonly end: number;
  /** Those of the records whose quotation marks are no pairs, and that are read as they stand. */
  readonly stray: readonly number[];
}

/** Cuts one text into records of cells. */
export interface Cutter {
  /**
   * @param isEnd - The text ends here; otherwise its last record may be incomplete and is left.
   */
  cut(text: string, isEnd: boolean): Cut;
}

/**
 * @param width - Cells of a record, as far as is known: where quotation marks are no pairs it tells what was meant.
 */
export function cutterOf(dialect: Dialect, lineEnd: LineEnd, width: number | null): Cutter {
  const { places } = dialect;
  if (places)
    return lineCutter(lineEnd, (line) =>
      places.map((from, j) => line.slice(from, places[j + 1]).trim()),
    );
  if (dialect.delimiter === BLANKS) return lineCutter(lineEnd, (line) => runsOf(line));
  return new QuotedCutter(dialect, lineEnd, width);
}

/** Lines that are cut each for itself. */
function lineCutter(lineEnd: LineEnd, cells: (line: string) => string[]): Cutter {
  const mark = lineEnd === "\r" ? "\r" : "\n";
  return {
    cut(text, isEnd) {
      const lines = text.split(mark);
      const rest = lines.pop()!;
      if (isEnd && rest !== "") lines.push(rest);
      const records = lines.map((line) => cells(line.endsWith("\r") ? line.slice(0, -1) : line));
      return { records, end: isEnd ? text.length : text.length - rest.length, stray: [] };
    },
  };
}

/** Between blanks; those within double quotation marks are no end of a cell. */
function runsOf(line: string): string[] {
  const text = line.trim();
  if (!text.includes('"')) return text.split(/[ \t]+/);
  const cells = text.match(/"(?:[^"]|"")*"(?=[ \t]|$)|[^ \t]+/g) ?? [""];
  return cells.map((cell) =>
    cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
      ? cell.slice(1, -1).replaceAll('""', '"')
      : cell,
  );
}

/** Nothing was found, or what was found means something else. */
const OPEN = -1;
const STRAY = -2;

/** A text that is cut, and where delimiters and line ends come next in it. */
interface Scan {
  readonly text: string;
  readonly isEnd: boolean;
  readonly delimiters: NextPlace;
  readonly lineEnds: NextPlace;
}

/**
 * Cells between delimiters, those with a quotation mark at their beginning to the next one that has a delimiter or a line end
 * after it. Where another character comes after it, the marks are no pair and are part of the text.
 */
class QuotedCutter implements Cutter {
  readonly #dialect: Dialect;
  readonly #delimiter: string;
  readonly #quote: string;
  readonly #lineEnd: string;
  readonly #dropsReturns: boolean;
  readonly #width: number | null;

  constructor(dialect: Dialect, lineEnd: LineEnd, width: number | null) {
    this.#dialect = dialect;
    this.#delimiter = dialect.delimiter;
    this.#quote = dialect.quote;
    this.#lineEnd = lineEnd === "\r" ? "\r" : "\n";
    this.#dropsReturns = lineEnd === "\r\n";
    this.#width = width;
  }

  cut(text: string, isEnd: boolean): Cut {
    if (this.#quote === "" || !text.includes(this.#quote)) return this.#cutPlain(text, isEnd);
    const records: string[][] = [];
    const stray: number[] = [];
    const delimiters = new NextPlace(text, this.#delimiter);
    const scan = { text, isEnd, delimiters, lineEnds: new NextPlace(text, this.#lineEnd) };
    let at = 0;
    while (at < text.length) {
      const record: string[] = [];
      let end = this.#record(scan, at, record);
      if (end === OPEN && !isEnd) break;
      if (end === OPEN || end === STRAY) {
        end = this.#strayRecord(scan, at, record);
        if (end === OPEN) break;
        stray.push(records.length);
      }
      records.push(record);
      at = end;
    }
    return { records, end: at, stray };
  }

  #cutPlain(text: string, isEnd: boolean): Cut {
    const lines = text.split(this.#lineEnd);
    const rest = lines.pop()!;
    if (isEnd && rest !== "") lines.push(rest);
    const records = new Array<string[]>(lines.length);
    for (let i = 0; i < lines.length; i++) {
      records[i] = this.#withoutReturn(lines[i]!).split(this.#delimiter);
    }
    return { records, end: isEnd ? text.length : text.length - rest.length, stray: [] };
  }

  /** Read one record from `at` on. @returns Where the next one begins; `OPEN` or `STRAY` if there is none to be had. */
  #record(scan: Scan, at: number, into: string[]): number {
    const { text, isEnd } = scan;
    const long: QuotedCell[] = [];
    let spaced = 0;
    for (;;) {
      const mark = this.#openingMark(text, at);
      const end =
        mark >= 0 ? this.#quotedCell(scan, mark, into, long) : this.#plainCell(scan, at, into);
      if (end < 0) return end;
      if (!text.startsWith(this.#delimiter, end) || end >= text.length) {
        const next = Math.min(text.length, end + this.#lineEnd.length);
        const isSpaced = into.length === 1 || 2 * spaced >= into.length - 1;
        return this.#areRows(long, into.length, isSpaced) ? STRAY : next;
      }
      at = end + this.#delimiter.length;
      if (at >= text.length && !isEnd) return OPEN;
      if (text.charCodeAt(at) === 32) spaced++;
    }
  }

  /** @param long - Takes in what has several lines. @returns Where it ends: at a delimiter, a line end or the end of the text. */
  #quotedCell(scan: Scan, mark: number, into: string[], long: QuotedCell[]): number {
    const { text, isEnd, lineEnds } = scan;
    const close = this.#closingMark(text, mark + 1);
    if (close < 0) return close;
    let after = close + 1;
    while (isBlank(text, after, this.#delimiter)) after++;
    if (after >= text.length && !isEnd) return OPEN;
    const cell = text.slice(mark + 1, close);
    if (lineEnds.at(mark) < close) long.push({ index: into.length, text: cell });
    into.push(this.#unescaped(cell));
    return after;
  }

  #plainCell({ text, isEnd, delimiters, lineEnds }: Scan, at: number, into: string[]): number {
    const line = lineEnds.at(at);
    const next = delimiters.at(at);
    if (next < line) {
      into.push(text.slice(at, next));
      return next;
    }
    if (line === text.length && !isEnd) return OPEN;
    into.push(this.#withoutReturn(text.slice(at, line)));
    return line;
  }

  /** A mark that was never closed goes on to the next one, over rows. */
  #areRows(long: readonly QuotedCell[], cells: number, isSpaced: boolean): boolean {
    const width = this.#width;
    if (width === null) return false;
    const whole = { cells, width, delimiter: this.#delimiter, lineEnd: this.#lineEnd, isSpaced };
    return long.some((cell) => hasSwallowed(cell, whole));
  }

  /** Where the quotation mark of a cell that begins at `at` is; −1 if it has none. */
  #openingMark(text: string, at: number): number {
    let mark = at;
    if (this.#delimiter !== " ") while (text.charCodeAt(mark) === 32) mark++;
    return text.startsWith(this.#quote, mark) ? mark : -1;
  }

  #closingMark(text: string, from: number): number {
    const quote = this.#quote;
    const isDoubled = this.#dialect.escape === "doubled";
    for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (isDoubled && text.startsWith(quote, at + 1)) {
        at++;
        continue;
      }
      if (!isDoubled && isEscaped(text, at, from)) continue;
      let after = at + 1;
      while (isBlank(text, after, this.#delimiter)) after++;
      const isClosing =
        after >= text.length ||
        text.startsWith(this.#delimiter, after) ||
        text.startsWith(this.#lineEnd, after);
      return isClosing ? at : STRAY;
    }
    return OPEN;
  }

  /** One line as it stands, or with its marks taken as far as they reach: whichever is as wide as others are. */
  #strayRecord({ text, isEnd, lineEnds }: Scan, at: number, into: string[]): number {
    const end = lineEnds.at(at);
    if (end === text.length && !isEnd) return OPEN;
    const whole = this.#withoutReturn(text.slice(at, end));
    const [asItStands, lenient] = [this.#cells(whole, false), this.#cells(whole, true)];
    const isLenient = lenient.length === (this.#width ?? asItStands.length);
    into.splice(0, into.length, ...(isLenient ? lenient : asItStands));
    return Math.min(text.length, end + this.#lineEnd.length);
  }

  /** @param isLenient - A mark within a cell is part of it; otherwise the cell then has no marks around it. */
  #cells(line: string, isLenient: boolean): string[] {
    const cells: string[] = [];
    let at = 0;
    for (;;) {
      const mark = this.#openingMark(line, at);
      const close = mark < 0 ? -1 : this.#closeIn(line, mark + 1, isLenient);
      if (close >= 0) {
        cells.push(this.#unescaped(line.slice(mark + 1, close)));
        const next = line.indexOf(this.#delimiter, close);
        if (next < 0) return cells;
        at = next + this.#delimiter.length;
        continue;
      }
      const next = line.indexOf(this.#delimiter, at);
      cells.push(line.slice(at, next < 0 ? line.length : next));
      if (next < 0) return cells;
      at = next + this.#delimiter.length;
    }
  }

  #closeIn(line: string, from: number, isLenient: boolean): number {
    if (!isLenient) return this.#closingMark(line, from);
    for (
      let at = line.indexOf(this.#quote, from);
      at >= 0;
      at = line.indexOf(this.#quote, at + 1)
    ) {
      const after = at + this.#quote.length;
      if (after === line.length || line.startsWith(this.#delimiter, after)) return at;
    }
    return -1;
  }

  #unescaped(text: string): string {
    const cell = this.#dialect.hasTwins ? text.replaceAll('""', '"') : text;
    const quote = this.#quote;
    if (this.#dialect.escape === "doubled") {
      return cell.includes(quote) ? cell.replaceAll(quote + quote, quote) : cell;
    }
    return cell.includes("\\")
      ? cell.replaceAll(`\\${quote}`, quote).replaceAll("\\\\", "\\")
      : cell;
  }

  #withoutReturn(line: string): string {
    return this.#dropsReturns && line.endsWith("\r") ? line.slice(0, -1) : line;
  }
}

/** A carriage return is one only before a line end, which may be yet to come. */
function isBlank(text: string, at: number, delimiter: string): boolean {
  const code = text.charCodeAt(at);
  const isBeforeEnd = at + 1 === text.length || text.charCodeAt(at + 1) === 10;
  return (code === 32 && delimiter !== " ") || (code === 13 && isBeforeEnd);
}

function isEscaped(text: string, at: number, from: number): boolean {
  let backslashes = 0;
  for (let i = at - 1; i >= from && text.charCodeAt(i) === 92; i--) backslashes++;
  return backslashes % 2 === 1;
}
