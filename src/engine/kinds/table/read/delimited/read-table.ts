import { EngineError } from "../../../../ground/errors";
import type { Progress, Steps } from "../../../../ground/progress";
import { ColumnAccumulator } from "../../columns/accumulator";
import { type Layout, sniffLayout } from "./layout/layout";
import { sniffEncoding, type TextPlan } from "./encoding/encoding";
import { isGzip, refuseKnownBinary, refuseOtherText } from "./format";
import { trimCell } from "../../columns/missing";
import { displayNames } from "../../columns/names";
import { mended, withoutControls } from "./encoding/windows-1252";
import { RowPlaces } from "./places/row-place";
import type { Repair, TableDialect, TableWarning } from "../../columns/profile";
import { RowStream } from "./cut/rows";
import type { TableSource } from "../source";
import type { StoredColumn } from "../../columns/stored-column";
import { bytesOf, PlanFailed, textOf, type TextPiece, withoutZeros } from "./text-stream";
import { type ReadTable, typedTable } from "../../columns/typed-table";
import type { FileLayout } from "./file-layout";
import { choiceRefused } from "../choice-refused";
import type { ReadOptions } from "../reader";
import { toldOfCells } from "../told-of-cells";

const HEAD_BYTES = 1 << 18;
const PREVIEW_ROWS = 100;
const LONGEST_SHOWN = 500;
/** Cells between two chances to stop: few enough for a slow machine to reach the next in 100 ms. */
const CELLS_PER_STEP = 100_000;

/**
 * Read a delimited text file, plain or gzip, in one pass. Cost is linear in its bytes. Memory is
 * two bytes per cell in columns of few different values, eight in others that hold numbers or
 * dates, and none for text.
 *
 * Encoding, delimiter, header, decimal marks and column types are found out; `choice` overrules them.
 *
 * @throws EngineError `empty_file` or `header_only` if there is no row.
 * @throws EngineError `binary_file`, `unsupported_format`, `bad_encoding` or `bad_compression` if
 * the bytes are not delimited text.
 * @throws EngineError `choice_not_possible` if there are no rows because of what was told.
 * @throws EngineError `unterminated_quote` or `too_many_columns` if the text is no table.
 */
export async function* readTable(
  source: TableSource,
  choice: ReadOptions = {},
): Steps<ReadTable<FileLayout>> {
  const head = await readHead(source);
  if (head.bytes.length === 0) throw emptyFile();
  refuseKnownBinary(head.bytes);
  let plan: TextPlan = {
    isGzip: head.isGzip,
    ...sniffEncoding(head.bytes, source.tools, choice.encoding),
    isStrict: choice.encoding === undefined,
  };
  for (;;) {
    try {
      return yield* readAs(source, plan, head, choice);
    } catch (error) {
      if (!(error instanceof PlanFailed)) throw yield* asChoice(error, source, choice);
      plan = error.next;
    }
  }
}

/** Whether a file has no rows only because of what was told: then that is what is to be said. */
async function* asChoice(error: unknown, source: TableSource, choice: ReadOptions): Steps<unknown> {
  const isEmpty =
    error instanceof EngineError && (error.code === "header_only" || error.code === "empty_file");
  if (!isEmpty) return error;
  const { rows, ...otherRows } = choice;
  if (rows && rows[0] > 1) {
    const { profile } = yield* readTable(source, otherRows);
    const told = `${rows[0]}-${rows[1] ?? ""}`;
    return choiceRefused("rows", told, `the table has ${profile.rows} rows`);
  }
  const { encoding, ...otherEncoding } = choice;
  if (encoding === undefined) return error;
  const { profile } = yield* readTable(source, otherEncoding);
  const why = `in it the file has no rows; it seems to be ${profile.dialect.encoding}`;
  return choiceRefused("encoding", encoding, why);
}

interface Head {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  readonly isGzip: boolean;
}

async function readHead(source: TableSource): Promise<Head> {
  let compressed = false;
  for await (const chunk of source.open()) {
    if (chunk.length === 0) continue;
    compressed = isGzip(chunk);
    break;
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  let isWhole = true;
  for await (const part of bytesOf(source, compressed, () => undefined)) {
    parts.push(part);
    length += part.length;
    if (length > HEAD_BYTES) {
      isWhole = false;
      break;
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes: bytes.subarray(0, HEAD_BYTES), isWhole, isGzip: compressed };
}

async function* readAs(
  source: TableSource,
  plan: TextPlan,
  head: Head,
  choice: ReadOptions,
): Steps<ReadTable<FileLayout>> {
  const decoding = source.tools.decoding(plan.encoding, false);
  const text = decoding.decode(head.bytes.subarray(plan.bomBytes), !head.isWhole);
  const sample = withoutControls(withoutZeros(mended(text, plan.encoding)));
  refuseOtherText(sample);
  if (sample.trim() === "" && head.isWhole) throw emptyFile();
  const layout = sniffLayout(sample, head.isWhole, choice);
  const reading = new Reading(layout);
  const total = source.sizeBytes;
  const places = new RowPlaces(plan);
  let replaced = 0;
  let isAscii = true;
  for await (const piece of textOf(source, plan)) {
    replaced += piece.replaced;
    isAscii &&= piece.isAscii;
    yield* reading.take(piece, { stage: "read", done: piece.bytesDone, total });
    if (reading.rest !== null)
      places.note(piece, reading.rest, reading.extent.rows + reading.ahead);
  }
  yield* reading.end({ stage: "read", done: total, total });
  const end: Progress = { stage: "read", done: total, total };
  const { columns, ...told } = yield* reading.finish(replaced, end);
  const styles = columns.map(({ stored }) => stored.style);
  const file = { plan, layout, styles, isAscii, ...reading.extent, places: places.found };
  const { encoding, others: otherEncodings } = plan;
  const { delimiter, quote } = layout.dialect;
  const dialect: TableDialect = {
    ...{ encoding, otherEncodings, delimiter, quote, decimal: layout.decimal },
    ...{ hasHeader: layout.headerRows > 0, headerLine: reading.headerLine },
    ...toldOfCells(choice),
  };
  return yield* typedTable(file, dialect, columns, told, reading.preview, end);
}

interface Finished {
  readonly columns: readonly { readonly stored: StoredColumn; readonly isNamed: boolean }[];
  readonly warnings: readonly TableWarning[];
  readonly repairs: readonly Repair[];
}

/** One pass over the rows of a table. */
class Reading {
  readonly preview: string[][] = [];
  readonly #rows: RowStream;
  readonly #layout: Layout;
  readonly #columns: ColumnAccumulator[];
  #count = 0;
  #widest = 0;
  #ragged = 0;
  readonly #raggedRows: number[] = [];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#rows = new RowStream(layout);
    this.#columns = layout.styles.map((style) => new ColumnAccumulator(style));
  }

  get extent(): { readonly rows: number; readonly widest: number } {
    const header = this.#rows.header?.length ?? 0;
    return { rows: this.#count, widest: Math.max(this.#widest, header, this.#layout.width) };
  }

  get headerLine(): number | null {
    return this.#rows.headerLine;
  }

  /** Rows that were cut already, and are not counted yet. */
  get ahead(): number {
    return this.#rows.ahead;
  }

  /** The text after the last row. */
  get rest(): string | null {
    return this.#rows.rest;
  }

  /** Yields `progress` now and then, so that the caller can stop. */
  *take({ text, isAscii }: TextPiece, progress: Progress): Generator<Progress, void> {
    yield* this.#add(this.#rows.push(text, isAscii), progress);
  }

  *end(progress: Progress): Generator<Progress, void> {
    yield* this.#add(this.#rows.end(), progress);
    if (this.#count > 0) return;
    if (!this.#rows.header) throw emptyFile();
    throw new EngineError(
      "header_only",
      "this file has column names but no row below them. Choose a file with at least one row of data.",
      { columns: this.#rows.header.length },
    );
  }

  *finish(replaced: number, progress: Progress): Generator<Progress, Finished> {
    const { header } = this.#rows;
    const kept = [...this.#columns];
    while (kept.length > 1 && kept.at(-1)!.values === 0 && !isNamed(header, kept.length - 1)) {
      kept.pop(); // A delimiter at the end of each line opens no column.
    }
    const { names, warnings: nameWarnings } = displayNames(header, kept.length);
    const columns: Finished["columns"][number][] = [];
    const marks = new Set(kept.flatMap((column) => column.marksAmongNumbers));
    for (const [j, column] of kept.entries()) {
      columns.push({ stored: column.finish(names[j]!, marks), isNamed: isNamed(header, j) });
      yield progress;
    }
    const warnings: TableWarning[] = [...nameWarnings];
    if (columns.length === 1) warnings.push({ code: "one_column", count: 1 });
    if (this.#ragged > 0) {
      warnings.push({ code: "ragged_rows", count: this.#ragged, rows: this.#raggedRows });
    }
    if (header && this.#layout.width === 2 * header.length) {
      warnings.push({ code: "twice_as_wide", count: this.#count });
    }
    const none = columns.flatMap(({ stored }) => [...stored.marks]);
    if (none.length > 0) {
      const count = none.reduce((sum, [, times]) => sum + times, 0);
      const text = [...new Set(none.map(([mark]) => mark))].join(", ");
      warnings.push({ code: "marks_missing", count, text });
    }
    const { controls } = this.#rows;
    if (controls > 0) warnings.push({ code: "controls_mended", count: controls });
    if (replaced > 0) warnings.push({ code: "replaced_characters", count: replaced });
    return { columns, warnings, repairs: this.#rows.repairs.all };
  }

  *#add(rows: readonly string[][], progress: Progress): Generator<Progress, void> {
    const columns = this.#columns;
    const width = this.#layout.width;
    const pause = Math.max(1, Math.floor(CELLS_PER_STEP / width));
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      this.#count++;
      if (row.length !== width) this.#noteWidth(row);
      for (let j = 0; j < width; j++) columns[j]!.add(row[j] ?? "");
      if (this.#count <= PREVIEW_ROWS) this.preview.push(row.slice(0, width).map(shortened));
      if (i % pause === pause - 1) yield progress;
    }
    yield progress;
  }

  #noteWidth(row: readonly string[]): void {
    const width = this.#layout.width;
    if (row.length > this.#widest) this.#widest = row.length;
    const isFine =
      row.length >= this.#layout.narrowest &&
      (row.length <= width || !this.#layout.isEven) &&
      row.slice(width).every((cell) => trimCell(cell) === "");
    if (isFine) return;
    this.#ragged++;
    if (this.#raggedRows.length < 3) this.#raggedRows.push(this.#count);
  }
}

/** A cell for the screen: a copy, as it may be part of a large text that should not be kept. */
function shortened(cell: string): string {
  return cell.length > LONGEST_SHOWN ? `${cell.slice(0, LONGEST_SHOWN)}…` : ` ${cell}`.slice(1);
}

function isNamed(header: readonly string[] | null, index: number): boolean {
  return (header?.[index] ?? "").trim() !== "";
}

function emptyFile(): EngineError {
  return new EngineError("empty_file", "this file is empty. Choose a file with at least one row.");
}
