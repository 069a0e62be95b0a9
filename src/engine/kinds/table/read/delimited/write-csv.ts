import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import { meansMissing, trimCell } from "../../columns/missing";
import { unusedName } from "../../columns/names";
import { BLANKS } from "./cut/cutter";
import { RowStream } from "./cut/rows";
import { withoutControls } from "./encoding/windows-1252";
import type { TableSource } from "../source";
import { isAscii } from "../cells/cell";
import { textOf } from "./text-stream";
import type { AddedColumn } from "../../../added-column";
import {
  filledNumber,
  knownFigures,
  withMark,
  writtenNumber,
} from "../../columns/spelling/written-number";
import { harmless } from "../../write/harmless";
import type { FileLayout } from "./file-layout";

/**
 * The file again with columns added to the right: every record, cell text, name and their order
 * stay as they are; blank lines and notes above the table are left out. Short records are filled
 * up, so that the new cells stand below each other. The text is UTF-8, with the file's delimiter,
 * decimal mark and line end. A name that the file has already gets a number. Names and labels that
 * come from learnwares are no formulas to a spreadsheet. What fills an empty cell is written as the others of its column.
 *
 * Cost is linear in the file; memory is one piece of it, besides what `write` keeps.
 *
 * @param added - At least one column, each as long as the table.
 * @param write - Takes the next piece of the text.
 * @param onlyEmpty - Index of a column: rows in which it is not empty are left out. Null: none are.
 * @throws EngineError `shape_mismatch` if a column is not as long as the table, or the file has
 * changed since it was read.
 */
export async function* writeCsv(
  source: TableSource,
  file: FileLayout,
  added: readonly AddedColumn[],
  write: (text: string) => void,
  onlyEmpty: number | null = null,
): Steps<void> {
  for (const { name, values } of added) {
    if (values.length !== file.rows) {
      throw new EngineError(
        "shape_mismatch",
        `column "${name}" has ${values.length} values, the table has ${file.rows} rows`,
        { expected: file.rows, got: values.length },
      );
    }
  }
  const total = source.sizeBytes;
  const rows = new RowStream(file.layout, true);
  const lines = new Lines(file, added, onlyEmpty);
  // By it spreadsheets know UTF-8; plain ASCII needs none.
  const isPlain = added.every(({ name, labels }) => [name, ...(labels ?? [])].every(isAscii));
  if (file.plan.bomBytes > 0 || !file.isAscii || !isPlain) write("\ufeff");
  let isHeaderDue = true;
  const writeRows = (cut: readonly string[][]) => {
    if (isHeaderDue && rows.header) {
      write(lines.header(rows.header));
      isHeaderDue = false;
    }
    write(lines.rows(cut, rows.isPlain));
  };
  for await (const piece of textOf(source, file.plan)) {
    writeRows(rows.push(piece.text));
    yield { stage: "write", done: piece.bytesDone, total };
  }
  writeRows(rows.end());
  lines.end();
}

class Lines {
  readonly #file: FileLayout;
  readonly #added: readonly AddedColumn[];
  /** Of those, which stand beside the file's columns, and which fill cells of one. */
  readonly #beside: readonly number[];
  readonly #filling: readonly number[];
  readonly #onlyEmpty: number | null;
  readonly #cell: (text: string) => string;
  readonly #delimiter: string;
  readonly #lineEnd: string;
  readonly #labels: readonly (readonly string[] | null)[];
  #row = 0;

  constructor(file: FileLayout, added: readonly AddedColumn[], onlyEmpty: number | null) {
    const { dialect, lineEnd } = file.layout;
    const delimiter = dialect.delimiter === BLANKS ? "\t" : dialect.delimiter;
    this.#delimiter = delimiter;
    const mark = delimiter.trim() || delimiter;
    this.#file = file;
    this.#added = added;
    this.#onlyEmpty = onlyEmpty;
    this.#beside = [...added.keys()].filter((j) => added[j]!.fills === undefined);
    this.#filling = [...added.keys()].filter((j) => added[j]!.fills !== undefined);
    this.#cell = (text) =>
      text.includes('"') || text.includes(mark) || text.includes("\n") || text.includes("\r")
        ? `"${text.replaceAll('"', '""')}"`
        : text;
    this.#lineEnd = lineEnd === "\r\n" ? "\r\n" : "\n";
    this.#labels = added.map(
      (one) => one.labels?.map((label) => this.#cell(harmless(label, one))) ?? null,
    );
  }

  header(names: readonly string[]): string {
    const taken = new Set(names.map((name) => name.trim()));
    const addedNames = this.#beside.map((j) => {
      const name = harmless(this.#added[j]!.name, this.#added[j]!);
      const unused = unusedName(name, taken, (n) => `${name}_${n}`);
      taken.add(unused);
      return this.#cell(unused);
    });
    return this.#line(names.map(this.#cell), addedNames);
  }

  /** Of the rows that are wanted. @param isPlain - No cell of these rows needs quotation marks. */
  rows(rows: readonly (readonly string[])[], isPlain: boolean): string {
    let text = "";
    for (const row of rows) {
      if (this.#row >= this.#file.rows) throw this.#changed();
      const i = this.#row++;
      if (this.#onlyEmpty !== null && !this.#isEmpty(row, this.#onlyEmpty)) continue;
      const added = this.#beside.map((j) => this.#value(i, j));
      const cells = isPlain ? row : row.map(this.#cell);
      text += this.#line(this.#filling.length > 0 ? this.#filled(row, cells, i) : cells, added);
    }
    return text;
  }

  #filled(row: readonly string[], cells: readonly string[], i: number): readonly string[] {
    const filled = [...cells];
    for (const j of this.#filling) {
      const at = this.#added[j]!.fills!;
      if (!this.#isEmpty(row, at)) continue;
      while (filled.length < at) filled.push("");
      filled[at] = this.#value(i, j);
    }
    return filled;
  }

  #isEmpty(row: readonly string[], at: number): boolean {
    return meansMissing(trimCell(withoutControls(row[at] ?? "")), this.#file.styles[at]!);
  }

  end(): void {
    if (this.#row !== this.#file.rows) throw this.#changed();
  }

  #line(cells: readonly string[], added: readonly string[]): string {
    const toFill = this.#file.widest - cells.length;
    const padding = toFill > 0 ? new Array<string>(toFill).fill("") : [];
    return [...cells, ...padding, ...added].join(this.#delimiter) + this.#lineEnd;
  }

  #value(i: number, j: number): string {
    const { values, fills } = this.#added[j]!;
    const value = values[i]!;
    const labels = this.#labels[j];
    if (labels) return labels[value] ?? "";
    if (!Number.isFinite(value)) return "";
    if (fills === undefined)
      return this.#cell(withMark(knownFigures(value), this.#file.layout.decimal));
    return this.#cell(writtenNumber(filledNumber(value), this.#file.styles[fills]!));
  }

  #changed(): EngineError {
    return new EngineError(
      "shape_mismatch",
      `the file does not have the ${this.#file.rows} rows any more that it had when it was read. ` +
        "It may have been changed since; open it again.",
      { expected: this.#file.rows },
    );
  }
}
