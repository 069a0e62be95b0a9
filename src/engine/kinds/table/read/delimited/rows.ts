import type { Layout } from "./dialect";
import { trimCell } from "../../columns/missing";
import { RecordParser } from "./records";

/**
 * The rows of a table from the text of its file: without preamble, header and blank lines. The
 * reader and the writer both go through it, so that row i is the same row for both.
 */
export class RowStream {
  /** The names as they stand in the file; null until they were read, or if there are none. */
  header: readonly string[] | null = null;
  readonly #parser: RecordParser;
  /** In a table of one column a blank line is a missing value, unless no row follows. */
  readonly #keepsBlankLines: boolean;
  #preambleLeft: number;
  #isHeaderNext: boolean;
  #blankLines = 0;

  constructor({ delimiter, lineEnd, preamble, hasHeader, width }: Layout) {
    this.#parser = new RecordParser(delimiter, lineEnd);
    this.#keepsBlankLines = width === 1;
    this.#preambleLeft = preamble;
    this.#isHeaderNext = hasHeader;
  }

  /** Whether no cell of the rows given last can need quotation marks. */
  get isPlain(): boolean {
    return this.#parser.isPlain;
  }

  /** @throws EngineError as `RecordParser.push` does. */
  push(text: string): readonly string[][] {
    return this.#rowsOf(this.#parser.push(text));
  }

  /** @throws EngineError as `RecordParser.end` does. */
  end(): readonly string[][] {
    return this.#rowsOf(this.#parser.end());
  }

  #rowsOf(records: string[][]): string[][] {
    const rows: string[][] = [];
    for (const record of records) {
      if (record.length === 1 && trimCell(record[0]!) === "") {
        this.#blankLines++;
        continue;
      }
      if (this.#preambleLeft > 0) this.#preambleLeft--;
      else if (this.#isHeaderNext) {
        this.#isHeaderNext = false;
        this.header = record;
      } else {
        if (this.#keepsBlankLines) this.#restoreBlankLines(rows);
        rows.push(record);
      }
      this.#blankLines = 0;
    }
    return rows;
  }

  #restoreBlankLines(rows: string[][]): void {
    for (let i = 0; i < this.#blankLines; i++) rows.push([""]);
  }
}
