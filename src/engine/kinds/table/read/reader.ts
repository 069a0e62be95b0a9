import type { Steps } from "../../../ground/progress";
import type { AddedColumn } from "../../added-column";
import type { ColumnType, Table } from "../columns/column";
import type { Encoding, ReadColumn, UndoableRepair } from "../columns/profile";
import type { ReadTable } from "../columns/typed-table";
import type { ByteTools, TableSource } from "./source";

/** How a table was read. */
export interface ReadBefore {
  readonly decimal: "." | ",";
  readonly columns: readonly ReadColumn[];
}

/** What the user overrules of what a reader finds out. What does not apply to a format is not asked for. */
export interface ReadOptions {
  readonly encoding?: Encoding;
  readonly delimiter?: string;
  readonly quote?: '"' | "'" | "";
  readonly hasHeader?: boolean;
  /** The line of the names, from 1. */
  readonly headerLine?: number;
  /** The line of the first row, from 1: what stands between it and the names is left out, and nothing below. */
  readonly firstLine?: number;
  /** The first and the last row of the table to be read, from 1; null: to its end. */
  readonly rows?: readonly [first: number, last: number | null];
  /** Repairs that are not to be made. */
  readonly undone?: readonly UndoableRepair[];
  readonly decimal?: "." | ",";
  /** Which part comes first in dates such as 3/4/2021. */
  readonly dateOrder?: "day" | "month";
  /** What counts as missing beside blank cells and the usual spellings. */
  readonly missing?: readonly string[];
  /** Nothing but that and blank cells does. */
  readonly missingOnly?: boolean;
  /** Of columns by their names, in place of what is found. */
  /** How a table of such columns was read: what this file leaves open is as it was there. */
  readonly before?: ReadBefore;
  readonly types?: Readonly<Record<string, ColumnType>>;
  /** Of a workbook; other files have none, and none is to be told. */
  readonly sheet?: string;
}

/** Takes the next piece of a file that is written: text, which is UTF-8 in it, or bytes. */
export type Sink = (piece: string | Uint8Array<ArrayBuffer>) => void;

/** A table that is never held as a whole. It can be gone through once: in blocks, to count its rows, or to pick some. */
export interface TableStream<File> {
  /** The first rows, read as a table of their own: their layout and column types hold for the rest. */
  readonly head: ReadTable<File>;
  /** All rows, those of the head included, in order. */
  blocks(): AsyncGenerator<Table, void>;
  /** How many rows there are. */
  countRows(): Promise<number>;
  /**
   * Some of the rows; no others are read as numbers.
   *
   * @param rows - Indices, ascending.
   * @throws EngineError `shape_mismatch` if there are not so many rows.
   */
  pick(rows: Int32Array): Promise<Table>;
}

/**
 * Reads and writes tables of one file format. All of them pass tests/contract/table-reader.suite.ts.
 *
 * @typeParam File - What it needs to go through the same file again.
 */
export interface TableReader<File> {
  /** For programs, such as "delimited". */
  readonly format: string;
  /** Of a file that it writes. */
  readonly mediaType: string;
  /**
   * Whether a file is of this format, by its content; the name decides only what the content leaves open.
   *
   * @param head - Its first bytes, some thousand or all of them.
   */
  recognises(head: Uint8Array, name: string): boolean;
  /** Read the whole table into columns. Yields `read`. */
  read(source: TableSource, options?: ReadOptions): Steps<ReadTable<File>>;
  /**
   * Some rows as they are written, to be shown: from the first to the one before `to`, fewer if the file has become
   * shorter. Yields `read`.
   */
  texts(
    source: TableSource,
    file: File,
    from: number,
    to: number,
  ): Steps<readonly (readonly string[])[]>;
  /**
   * The same file with columns added to the right of its own; nothing else of it changes. Yields `write`.
   *
   * @param onlyEmpty - Index of a column: rows in which it is not empty are left out. Null: none are. Empty is what
   * `AddedColumn.fills` fills.
   * @throws EngineError `shape_mismatch` if a column is not as long as the table, or the file has changed since.
   */
  write(
    source: TableSource,
    file: File,
    added: readonly AddedColumn[],
    sink: Sink,
    onlyEmpty?: number | null,
  ): Steps<void>;
  /** Go through bytes that come once, with little of them held; null if this format does not allow it. */
  readonly stream:
    | ((
        bytes: AsyncIterable<Uint8Array>,
        tools: ByteTools,
        options?: ReadOptions,
      ) => Promise<TableStream<File>>)
    | null;
}
