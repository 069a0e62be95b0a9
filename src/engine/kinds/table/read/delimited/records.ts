import { EngineError } from "../../../../ground/errors";
import { type RecordCutter, recordCutter, type LineEnd } from "./cutter";

/** More characters than this in one record mean that a quotation mark was never closed. */
const MAX_RECORD = 16 * 1024 * 1024;
const MAX_COLUMNS = 10_000;

/** Cuts text that arrives in pieces into records of cells. Quoted cells may hold line ends. */
export class RecordParser {
  /** Whether the records given last were cut from text without any quotation mark. */
  isPlain = true;
  readonly #parser: RecordCutter;
  readonly #hasReturns: boolean;
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Text is kept back until there is this much, so that a long record is not scanned over and over. */
  #enough = 0;
  #records = 0;

  constructor(delimiter: string, lineEnd: LineEnd) {
    this.#parser = recordCutter(delimiter, lineEnd);
    this.#hasReturns = lineEnd === "\r\n";
  }

  /**
   * The records that are complete after this piece of text.
   *
   * @throws EngineError `unterminated_quote` if one record exceeds 16 Mi characters.
   * @throws EngineError `too_many_columns` if one record has more than 10 000 cells.
   */
  push(text: string): string[][] {
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#waitingLength < this.#enough) return [];
    const input = this.#waiting.length === 1 ? text : this.#waiting.join("");
    this.isPlain = !input.includes('"');
    const { data, meta } = this.#parser.parse(input, 0, true);
    const rest = input.slice(meta.cursor);
    if (rest.length > MAX_RECORD) throw this.#tooLong(data.length);
    this.#waiting = rest ? [rest] : [];
    this.#waitingLength = rest.length;
    this.#enough = data.length === 0 ? Math.min(2 * rest.length, MAX_RECORD) : 0;
    return this.#checked(data);
  }

  /**
   * The last record, if the text does not end with a line end.
   *
   * @throws EngineError `unterminated_quote` if a quotation mark was not closed.
   * @throws EngineError `too_many_columns` if it has more than 10 000 cells.
   */
  end(): string[][] {
    const input = this.#waiting.join("");
    this.#waiting = [];
    this.#waitingLength = 0;
    if (!input) return [];
    this.isPlain = !input.includes('"');
    const { data, errors } = this.#parser.parse(input, 0, false);
    if (errors.some(({ code }) => code === "MissingQuotes")) {
      throw this.#unterminated(Math.max(0, data.length - 1));
    }
    // A line end at the very end opens no record.
    const last = data.at(-1);
    if (last?.length === 1 && last[0] === "" && /[\r\n]$/.test(input)) data.pop();
    return this.#checked(data);
  }

  #checked(records: string[][]): string[][] {
    this.#records += records.length;
    for (const record of records) {
      if (record.length > MAX_COLUMNS) throw tooManyColumns(record.length);
      if (this.#hasReturns) dropReturn(record);
    }
    return records;
  }

  #tooLong(further: number): EngineError {
    const record = this.#records + further + 1;
    return new EngineError(
      "unterminated_quote",
      `record ${record} is longer than 16 million characters: either a quotation mark in it is ` +
        "never closed, or this file has no line ends. Mend the file and open it again.",
      { record },
    );
  }

  #unterminated(further: number): EngineError {
    const record = this.#records + further + 1;
    return new EngineError(
      "unterminated_quote",
      `a quotation mark that opens in record ${record} is never closed, so the rest of the file ` +
        "cannot be told apart. Close or remove that quotation mark and open the file again.",
      { record },
    );
  }
}

function dropReturn(record: string[]): void {
  const at = record.length - 1;
  const cell = record[at]!;
  if (cell.charCodeAt(cell.length - 1) === 13) record[at] = cell.slice(0, -1);
}

function tooManyColumns(columns: number): EngineError {
  return new EngineError(
    "too_many_columns",
    `this table has ${columns} columns; at most ${MAX_COLUMNS} can be read. ` +
      "Leave out columns that are not needed, or swap rows and columns.",
    { columns, limit: MAX_COLUMNS },
  );
}
