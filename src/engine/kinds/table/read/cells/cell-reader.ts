import { EngineError } from "../../../../ground/errors";
import type { Progress, Steps } from "../../../../ground/progress";
import { ColumnAccumulator } from "../../columns/accumulator";
import type { CellStyle } from "../../columns/spelling/cell-style";
import type { Repair, TableDialect, TableWarning } from "../../columns/profile";
import type { StoredColumn } from "../../columns/stored-column";
import { type ReadTable, typedTable } from "../../columns/typed-table";
import { writeWidened } from "../../write/index";
import { mediaTypes, type WrittenFormat } from "../../write/media-types";
import { styleBefore } from "../as-before";
import type { ReadOptions, TableReader } from "../reader";
import type { TableSource } from "../source";
import { toldOfCells } from "../told-of-cells";
import { type Cell, cellText, isAscii } from "./cell";
import { type CellKind, type CellTable, type KindedTable, rowTextsOf } from "./cell-table";
import { inWords } from "./damaged";
import { KindCount } from "./kind-count";

const PREVIEW_ROWS = 100;
const LONGEST_SHOWN = 500;
/** Cells between two chances to stop. */
const CELLS_PER_STEP = 100_000;

/** A table of typed cells as its file gives it. */
export interface LoadedTable {
  readonly table: CellTable;
  /** Whether the file names each column. */
  readonly isNamed: readonly boolean[];
  readonly hasHeader: boolean;
  /** The row of the (last of the) names, from 1; null if there are none. Left out: the first. */
  readonly headerLine?: number | null;
  /** How its text was read, of a file that is text. */
  readonly dialect?: Pick<TableDialect, "encoding" | "otherEncodings" | "delimiter" | "quote">;
  readonly warnings: readonly TableWarning[];
  readonly repairs?: readonly Repair[];
  /** All sheets of a workbook, and the one that was read. */
  readonly sheets?: readonly string[];
  readonly sheet?: string;
}

/** What is special about a format whose cells have types. */
export interface CellFormat {
  readonly format: string;
  /** For messages, such as "Parquet file". */
  readonly called: string;
  /** What it is written as. */
  readonly writes: WrittenFormat;
  readonly recognises: TableReader<unknown>["recognises"];
  /** Yields `read`; what is done is a share of the bytes. Anything it throws that is no EngineError means that the file is damaged. */
  readonly load: (source: TableSource, options: ReadOptions) => Steps<LoadedTable>;
}

/** A reader of files whose cells have types. */
export function cellReader(format: CellFormat): TableReader<KindedTable> {
  return {
    format: format.format,
    mediaType: mediaTypes[format.writes],
    recognises: format.recognises,
    read: (source, options = {}) => inWords(format.called, read(format, source, options)),
    async *texts(source, file, from, to) {
      yield { stage: "read", done: 0, total: source.sizeBytes };
      return await rowTextsOf(file, from, to, cellText);
    },
    write: (_, file, added, sink, onlyEmpty) =>
      writeWidened(file, format.writes, added, sink, onlyEmpty),
    stream: null,
  };
}

async function* read(
  format: CellFormat,
  source: TableSource,
  options: ReadOptions,
): Steps<ReadTable<KindedTable>> {
  if (source.sizeBytes === 0) {
    throw new EngineError("empty_file", "this file is empty. Choose a file with at least one row.");
  }
  const loaded = yield* format.load(source, options);
  const { table, isNamed, hasHeader, warnings, repairs = [] } = loaded;
  const { headerLine = hasHeader ? 1 : null } = loaded;
  if (table.rows === 0) {
    throw new EngineError(
      "header_only",
      "this file has column names but no row below them. Choose a file with at least one row of data.",
      { columns: table.names.length },
    );
  }
  const total = source.sizeBytes;
  const style = {
    decimal: ".",
    ...(options.dateOrder && { isMonthFirst: options.dateOrder === "month" }),
    ...(options.missing && { missing: new Set(options.missing.map((text) => text.trim())) }),
    ...(options.missingOnly !== undefined && { missingOnly: options.missingOnly }),
  } as const;
  const columns = table.names.map(
    (name) => new TypedColumn({ ...style, ...styleBefore(options.before, name) }),
  );
  let from = 0;
  for (const to of table.ends) {
    for (const [j, column] of columns.entries()) {
      const cells = await table.cells(j, from, to);
      for (let i = 0; i < cells.length; i += CELLS_PER_STEP) {
        column.add(cells, i, Math.min(cells.length, i + CELLS_PER_STEP));
        const rowsDone = from + ((to - from) * j + i) / columns.length;
        const done = Math.floor((total / 2) * (1 + rowsDone / table.rows));
        yield { stage: "read", done: Math.min(done, total), total };
      }
    }
    from = to;
  }
  const preview = await rowTextsOf(table, 0, PREVIEW_ROWS, (cell) => shortened(cellText(cell)));
  const end: Progress = { stage: "read", done: total, total };
  const stored = columns.map((column, j) => ({
    stored: column.finish(table.names[j]!),
    isNamed: isNamed[j]!,
  }));
  const kinds = columns.map(({ kind }) => kind);
  const dialect: TableDialect = {
    ...({
      encoding: "utf-8",
      otherEncodings: [],
      delimiter: ",",
      quote: '"',
      decimal: ".",
    } as const),
    ...loaded.dialect,
    ...{ hasHeader, headerLine },
    ...toldOfCells(options),
  };
  const areAscii = columns.every((column) => column.isAscii) && table.names.every(isAscii);
  const file: KindedTable = {
    ...{ ...table, kinds, isAscii: areAscii },
    styles: stored.map(({ stored: { style } }) => style),
    areMixed: columns.map(({ isMixed }) => isMixed),
  };
  const told = { warnings, repairs };
  const typed = yield* typedTable(file, dialect, stored, told, preview, end);
  const { sheets, sheet } = loaded;
  if (sheets === undefined || sheet === undefined) return typed;
  return { ...typed, profile: { ...typed.profile, sheets, sheet } };
}

/** Takes in the cells of one column. */
class TypedColumn {
  readonly #accumulator: ColumnAccumulator;
  readonly #missing: ReadonlySet<string> | undefined;
  readonly #kinds = new KindCount();

  /** @param style - Of cells that are texts. */
  constructor(style: CellStyle) {
    this.#accumulator = new ColumnAccumulator(style);
    this.#missing = style.missing;
  }

  get kind(): CellKind {
    return this.#kinds.kind;
  }

  get isMixed(): boolean {
    return this.#kinds.isMixed;
  }

  get isAscii(): boolean {
    return this.#kinds.isAscii;
  }

  add(cells: ArrayLike<Cell>, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const cell = cells[i] ?? null;
      this.#kinds.note(cell);
      if (this.#missing?.has(String(cell))) this.#accumulator.addMissing();
      else if (typeof cell === "number") this.#accumulator.addNumber(cell);
      else if (typeof cell === "string") this.#accumulator.add(cell);
      else if (cell === null) this.#accumulator.addMissing();
      else if (typeof cell === "boolean") this.#accumulator.addBoolean(cell);
      else if (typeof cell === "bigint") this.#addWhole(cell);
      else this.#accumulator.addDate(cell.getTime());
    }
  }

  finish(name: string): StoredColumn {
    return this.#accumulator.finish(name);
  }

  /** A number that a double does not hold is kept as its digits, as those of identifiers are. */
  #addWhole(cell: bigint): void {
    const number = Number(cell);
    if (Number.isSafeInteger(number)) this.#accumulator.addNumber(number);
    else this.#accumulator.add(String(cell));
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
