import { EngineError } from "../../../../../ground/errors";
import { cutterOf, type Cutter, type Dialect, type LineEnd } from "./cutter";

/** More characters than this in one record mean that a quotation mark was never closed. */
const MAX_RECORD = 1 << 24;
const MOST_REST = 1 << 18;
const MAX_COLUMNS = 10_000;

/** Cuts text that arrives in pieces into records of cells. Quoted cells may hold line ends. */
export class RecordParser {
  /** Whether the records given last were cut from text without any quotation mark. */
  isPlain = true;
  /** Those of the records given last whose quotation marks are no pairs. */
  stray: readonly number[] = [];
  readonly #cutter: Cutter;
  readonly #quote: string;
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Text is kept back until there is this much, so that a long record is not scanned over and over. */
  #enough = 0;

  constructor(dialect: Dialect, lineEnd: LineEnd, width: number) {
    this.#cutter = cutterOf(dialect, lineEnd, width);
    this.#quote = dialect.quote || '"';
  }

  /**
   * The records that are complete after this piece of text.
   *
   * @throws EngineError `unterminated_quote` if a line exceeds 16 Mi characters.
   * @throws EngineError `too_many_columns` if one record has more than 10 000 cells.
   */
  push(text: string): string[][] {
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#waitingLength < this.#enough) return this.#checked([], []);
    const input = this.#waiting.length === 1 ? text : this.#waiting.join("");
    this.isPlain = !input.includes(this.#quote) && !input.includes('"');
    let { records, end, stray } = this.#cutter.cut(input, false);
    // A mark that was not closed in so much text is no mark around a cell: its line is read as it stands.
    if (input.length - end > MAX_RECORD) {
      ({ records, end, stray } = this.#cutter.cut(input.slice(0, lastLineEnd(input)), true));
      if (end === 0) throw tooLong();
    }
    const rest = input.slice(end);
    this.#waiting = rest ? [rest] : [];
    this.#waitingLength = rest.length;
    this.#enough = records.length === 0 ? Math.min(2 * rest.length, MAX_RECORD) : 0;
    return this.#checked(records, stray);
  }

  /** What of the text so far belongs to no record yet; null of a record so long that to look at it after each piece is dear. */
  get rest(): string | null {
    return this.#waitingLength > MOST_REST ? null : this.#waiting.join("");
  }

  /**
   * The last records: what is left if the text does not end with a line end, or with a mark that was never closed.
   *
   * @throws EngineError `too_many_columns` if one has more than 10 000 cells.
   */
  end(): string[][] {
    const input = this.#waiting.join("");
    this.#waiting = [];
    this.#waitingLength = 0;
    this.isPlain = !input.includes(this.#quote) && !input.includes('"');
    const { records, stray } = this.#cutter.cut(input, true);
    return this.#checked(records, stray);
  }

  #checked(records: string[][], stray: readonly number[]): string[][] {
    this.stray = stray;
    for (const record of records) {
      if (record.length > MAX_COLUMNS) throw tooManyColumns(record.length);
    }
    return records;
  }
}

function lastLineEnd(text: string): number {
  return Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
}

function tooLong(): EngineError {
  return new EngineError(
    "unterminated_quote",
    "a line of this file is longer than 16 million characters: it has no line ends where rows should end. " +
      "Save it with one row per line and open it again.",
    {},
  );
}

function tooManyColumns(columns: number): EngineError {
  return new EngineError(
    "too_many_columns",
    `this table has ${columns} columns; at most ${MAX_COLUMNS} can be read. ` +
      "Leave out columns that are not needed, or swap rows and columns.",
    { columns, limit: MAX_COLUMNS },
  );
}
