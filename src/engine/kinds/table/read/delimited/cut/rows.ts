import { trimCell } from "../../../columns/missing";
import { headerOf, type Layout } from "../layout/layout";
import { countControls, withoutControls } from "../encoding/windows-1252";
import { RecordParser } from "./records";
import { Repairs } from "../../repairs";
import { isRule } from "../../layout/rules";
import { kindOf, type ToldKind } from "../../layout/kinds";
import {
  areOtherNames,
  areWordsOver,
  isCutOff,
  isTotal,
  MOST_TITLES,
  namesAgain,
} from "../../layout/below";

/** Records kept back, so that notes at the end of the file are seen to be at its end. */
const KEPT_BACK = 16;

/**
 * The rows of a table from the text of its file: without what stands above it, names, blank records, names that come again, and
 * notes below. The reader and the writer both go through it, so that row i is the same row for both.
 */
export class RowStream {
  /** What was left out, or is read as it stands. */
  readonly repairs = new Repairs();
  readonly #layout: Layout;
  readonly #parser: RecordParser;
  /** In a table of one column a blank line is a missing value, unless no row follows. */
  readonly #keepsBlankLines: boolean;
  readonly #headerLines: (readonly string[])[] = [];
  #header: readonly string[] | null = null;
  /** Records before the first row that are still to come: those above the names, and those between the names and the row. */
  #above: number;
  #names: number;
  #below: number;
  /** Blank lines since the last row of a table of one column: missing values if another row follows. */
  #blank: { readonly record: string[]; readonly line: number }[] = [];
  /** Records so far, blank ones among them: what people call lines. */
  #line = 0;
  #kept: string[][] = [];
  #lines: number[] = [];
  /** Rows found, those outside of the ones asked for among them. */
  #found = 0;
  #isOver = false;
  #isPlain = true;
  readonly #isRaw: boolean;
  /** So many of the rows kept back, from the first on, may hold cells that need quotation marks. */
  #quoted = 0;

  /** @param isRaw - Cells are wanted as the file has them, for another file, and not as they are meant. */
  constructor(layout: Layout, isRaw = false) {
    this.#layout = layout;
    this.#isRaw = isRaw;
    this.#parser = new RecordParser(layout.dialect, layout.lineEnd, layout.width);
    this.#keepsBlankLines = layout.width === 1;
    this.#above = layout.preamble;
    this.#names = layout.headerRows;
    this.#below = layout.skipped;
  }

  /** The line of the last of the names, from 1; null if there are none. */
  headerLine: number | null = null;
  /** Controls in the text so far, none of which is in a cell that is not raw. */
  controls = 0;

  /** The names; null until they were read, or if there are none. */
  get header(): readonly string[] | null {
    return this.#header && this.#isRaw
      ? this.#header
      : (this.#header?.map(withoutControls) ?? null);
  }

  /** Whether no cell of the rows given last can need quotation marks. */
  get isPlain(): boolean {
    return this.#isPlain;
  }

  /** Rows that were cut and not yet given, which `rest` comes after. */
  get ahead(): number {
    return this.#kept.length;
  }

  /** The text after the last row; null where a row to come could not be told from it alone. */
  get rest(): string | null {
    const isWithin =
      this.#above + this.#names + this.#below > 0 || this.#keepsBlankLines || this.#isOver;
    return isWithin ? null : this.#parser.rest;
  }

  /**
   * @param isAscii - Nothing beyond ASCII is in the text, for sure.
   * @throws EngineError as `RecordParser.push` does.
   */
  push(text: string, isAscii = false): readonly string[][] {
    if (this.#isOver) return [];
    if (!isAscii) this.controls += countControls(text);
    this.#take(this.#parser.push(text));
    return this.#given(Math.max(0, this.#kept.length - KEPT_BACK));
  }

  /** @throws EngineError as `RecordParser.end` does. */
  end(): readonly string[][] {
    if (!this.#isOver) this.#take(this.#parser.end());
    this.#endTable();
    return this.#given(this.#kept.length);
  }

  #given(count: number): string[][] {
    if (count === 0) return [];
    this.#isPlain = this.#quoted === 0;
    this.#quoted = Math.max(0, this.#quoted - count);
    const given = this.#kept.slice(0, count);
    this.#kept = this.#kept.slice(count);
    this.#lines = this.#lines.slice(count);
    return this.#isRaw || this.controls === 0
      ? given
      : given.map((row) => row.map(withoutControls));
  }

  #take(records: string[][]): void {
    const { stray } = this.#parser;
    const first = this.#line;
    for (const index of stray) this.repairs.note("stray_quotes", first + index + 1);
    for (const record of records) {
      this.#line++;
      if (isBlank(record)) this.#noteBlank(record);
      else if (this.#isRule(record)) continue;
      else if (this.#above > 0) {
        this.#above--;
        this.repairs.note("notes_above", this.#line, record);
      } else if (this.#names > 0) this.#takeNames(record);
      else if (this.#below > 0) {
        this.#below--;
        this.repairs.note("units_row", this.#line, record);
      } else if (this.#isNamesAgain(record)) {
        if (this.#isOver) return;
      } else {
        for (const { record: blank, line } of this.#blank.splice(0)) this.#add(blank, line);
        this.#add(record, this.#line);
        if (this.#isOver) break;
      }
    }
    if (!this.#parser.isPlain) this.#quoted = this.#kept.length;
  }

  #isRule(record: readonly string[]): boolean {
    return this.#layout.width > 1 && isRule(record, this.#layout.dialect.delimiter);
  }

  #add(record: string[], line: number): void {
    const [first, last] = this.#layout.rows;
    this.#found++;
    if (this.#found > last) this.#isOver = true;
    if (this.#found < first || this.#found > last) return;
    this.#kept.push(record);
    this.#lines.push(line);
  }

  #takeNames(record: string[]): void {
    this.#headerLines.push(record);
    if (--this.#names > 0) return;
    this.headerLine = this.#line;
    this.#header = headerOf(this.#headerLines, this.#layout, this.#layout.width);
    if (this.#headerLines.length > 1) {
      this.repairs.note("names_in_two_rows", this.#line - this.#headerLines.length + 1);
    }
    if (this.#layout.isHeaderShort) this.repairs.note("first_name_missing", this.#line);
  }

  #noteBlank(record: string[]): void {
    if (record.length > 1) this.repairs.note("blank_rows", this.#line);
    else if (this.#keepsBlankLines && this.#above + this.#names + this.#below === 0) {
      this.#blank.push({ record, line: this.#line });
    }
  }

  /** The names again: the same table goes on, without titles that stand between, or another one begins. */
  #isNamesAgain(record: readonly string[]): boolean {
    const names = this.#headerLines.at(-1);
    const again =
      names && (namesAgain(record, names, this.#layout.undone) ?? this.#isOtherTable(record));
    if (!again) {
      if (names) this.#noteOtherNames(record, names);
      return false;
    }
    if (again === "second_table") this.#isOver = true;
    else
      for (let i = 0; i < MOST_TITLES && this.#isTitleAtEnd(); i++) this.#leaveOut("notes_above");
    this.repairs.note(again, this.#line);
    return true;
  }

  /** Names of another table below a blank line: words of their own over all columns of numbers and the like, of which there are several. */
  #isOtherTable(record: readonly string[]): "second_table" | null {
    const { kinds, undone } = this.#layout;
    const isBelowGap = this.#line - (this.#lines.at(-1) ?? this.#line) > 1;
    const isOther = isBelowGap && !undone.includes("second_table") && areWordsOver(record, kinds);
    return isOther ? "second_table" : null;
  }

  /** A title and the names of another table: its rows are in this one, which is said. */
  #noteOtherNames(record: readonly string[], names: readonly string[]): void {
    if (record[0] !== names[0] || !this.#isTitleAtEnd() || !areOtherNames(record, names)) return;
    this.#leaveOut("notes_above");
    this.repairs.note("other_names", this.#line, record);
  }

  /** What has no delimiter is a title; what has, below a blank line. */
  #isTitleAtEnd(): boolean {
    const record = this.#kept.at(-1);
    if (!record || !isTitle(record)) return false;
    return record.length === 1 || this.#lines.at(-1)! - (this.#lines.at(-2) ?? 0) > 1;
  }

  #leaveOut(code: "notes_above" | "notes_below"): void {
    this.repairs.note(code, this.#lines.pop()!, this.#kept.pop());
  }

  /** What stands at the end of the table: notes are left out, totals are said. */
  #endTable(): void {
    const { width, isSparse, undone } = this.#layout;
    if (width < 2) return;
    const notes = isSparse || undone.includes("notes_below") ? 0 : this.#notesBelow();
    for (let i = 0; i < notes; i++) this.#leaveOut("notes_below");
    for (let i = this.#kept.length - 1; i > 0; i--) {
      const label = this.#kept[i]!.map(trimCell).find((cell) => cell !== "");
      if (!isTotal(label ?? "")) return;
      this.repairs.note("totals", this.#lines[i]!, this.#kept[i]);
    }
  }

  /** The first of what stands below the last rows and a blank line, and is like none of them: sources, say, with a date in the next cell. */
  #firstUnlike(): number {
    const { kinds } = this.#layout;
    let first = this.#kept.length;
    while (first > 1) {
      const record = this.#kept[first - 1]!;
      if (!isTitle(record) && !isUnlike(record, kinds)) break;
      first--;
    }
    const hasGap = this.#lines[first]! - this.#lines[first - 1]! > 1;
    return hasGap ? first : this.#kept.length;
  }

  /** Texts alone in their lines at the end, without delimiters or below a blank line. */
  #notesBelow(): number {
    let first = this.#kept.length;
    while (first > 1 && isTitle(this.#kept[first - 1])) first--;
    first = Math.min(first, this.#firstUnlike());
    const notes = this.#kept.slice(first);
    const hasGap = this.#lines[first]! - this.#lines[first - 1]! > 1;
    if (hasGap && (this.#layout.width > 2 || !notes.every(isTitle))) return notes.length;
    const firsts = this.#kept.slice(0, first).map((row) => row[0]!);
    const isNote = (record: readonly string[]) =>
      record.length === 1 && !isCutOff(record[0]!, firsts);
    const cut = notes.toReversed().findIndex((record) => !isNote(record));
    return cut < 0 ? notes.length : cut;
  }
}

/** Words where all rows have a number, a date or a truth value first. */
function isUnlike(record: readonly string[], [kind]: readonly ToldKind[]): boolean {
  const first = trimCell(record[0]!);
  return kind != null && kindOf(first) === "text" && /\p{L}/u.test(first) && !isTotal(first);
}

function isBlank(record: readonly string[]): boolean {
  return trimCell(record[0]!) === "" && record.every((cell) => trimCell(cell) === "");
}

/** A text alone in its line. */
function isTitle(record: readonly string[] | undefined): boolean {
  const filled = record?.map(trimCell).filter((cell) => cell !== "") ?? [];
  return filled.length === 1 && /\p{L}/u.test(filled[0]!) && !isTotal(filled[0]!);
}
