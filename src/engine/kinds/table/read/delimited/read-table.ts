import { EngineError } from "../../../../ground/errors";
import type { Progress, Steps } from "../../../../ground/progress";
import { ColumnAccumulator } from "../../columns/accumulator";
import { type Layout, sniffLayout } from "./dialect";
import { sniffEncoding, type TextPlan } from "./encoding";
import { isGzip, refuseKnownBinary, refuseOtherText } from "./format";
import { trimCell } from "../../columns/missing";
import { displayNames } from "../../columns/names";
import type { TableWarning } from "../../columns/profile";
import { RowStream } from "./rows";
import type { TableSource } from "../source";
import type { StoredColumn } from "../../columns/stored-column";
import { bytesOf, PlanFailed, textOf } from "./text-stream";
import { type ReadTable, typedTable } from "../../columns/typed-table";
import type { FileLayout } from "./file-layout";
import type { ReadOptions } from "../reader";

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
 * Encoding, delimiter, header, decimal marks and column types are found out; `choice` overrules
 * the delimiter and whether there is a header.
 *
 * @throws EngineError `empty_file` or `header_only` if there is no row.
 * @throws EngineError `binary_file`, `unsupported_format`, `bad_encoding` or `bad_compression` if
 * the bytes are not delimited text.
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
    ...sniffEncoding(head.bytes, source.tools),
    isStrict: true,
  };
  for (;;) {
    try {
      return yield* readAs(source, plan, head, choice);
    } catch (error) {
      if (!(error instanceof PlanFailed)) throw error;
      plan = error.next;
    }
  }
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
  const sample = text.replaceAll("\0", "");
  refuseOtherText(sample.slice(0, 4096));
  if (sample.trim() === "" && head.isWhole) throw emptyFile();
  const layout = sniffLayout(sample, head.isWhole, choice);
  const reading = new Reading(layout);
  const total = source.sizeBytes;
  let replaced = 0;
  for await (const piece of textOf(source, plan)) {
    replaced += piece.replaced;
    yield* reading.take(piece.text, { stage: "read", done: piece.bytesDone, total });
  }
  yield* reading.end({ stage: "read", done: total, total });
  const end: Progress = { stage: "read", done: total, total };
  const { columns, warnings } = yield* reading.finish(replaced, end);
  const file = { plan, layout, ...reading.extent };
  const { encoding } = plan;
  const { delimiter, decimal, hasHeader } = layout;
  const dialect = { encoding, delimiter, decimal, hasHeader };
  return yield* typedTable(file, dialect, columns, warnings, reading.preview, end);
}

interface Finished {
  readonly columns: readonly { readonly stored: StoredColumn; readonly isNamed: boolean }[];
  readonly warnings: readonly TableWarning[];
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

  /** Yields `progress` now and then, so that the caller can stop. */
  *take(text: string, progress: Progress): Generator<Progress, void> {
    yield* this.#add(this.#rows.push(text), progress);
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
    for (const [j, column] of kept.entries()) {
      columns.push({ stored: column.finish(names[j]!), isNamed: isNamed(header, j) });
      yield progress;
    }
    const warnings: TableWarning[] = [...nameWarnings];
    if (columns.length === 1) warnings.push({ code: "one_column", count: 1 });
    if (this.#ragged > 0) {
      warnings.push({ code: "ragged_rows", count: this.#ragged, rows: this.#raggedRows });
    }
    if (replaced > 0) warnings.push({ code: "replaced_characters", count: replaced });
    return { columns, warnings };
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
