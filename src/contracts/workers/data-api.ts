/** @file What the page may ask of the data worker, where the rows live: the page holds those that it shows, and no others. */

import type { ScriptTable } from "../../engine/export/templates/script-inputs";
import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch, Space as TableSpace } from "../../engine/kinds/table/space/space";
import type { Fed } from "../../engine/kinds/index";
import type { ColumnType, Table } from "../../engine/kinds/table/columns/column";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import type { ColumnProfile, TableProfile } from "../../engine/kinds/table/columns/profile";
import type { Answers } from "../../engine/learner/answers";
import type { AddedColumn } from "../../engine/kinds/added-column";
import type { ShownCells, WantedCells } from "../../engine/kinds/table/window/shown-cells";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import type { WrittenFormat } from "../../engine/kinds/table/write/media-types";
import type { RowChoice, KindRows } from "../../engine/kinds/kind";

/** What the user overrules of what is found out. */
export type { ReadOptions };

export interface DataApi {
  /** Read a file and say what is in it. Replaces the table held before. */
  read(file: File, options: ReadOptions): TableProfile;
  /** Treat a column as another type. */
  retype(column: number, type: ColumnType): TableProfile;
  /** Some cells to be shown. */
  cells(wanted: WantedCells): ShownCells;
  /** Which of these islands a table of such columns could belong to, best first. It looks at no row. */
  rankIslands(islands: readonly TableSpace[], columns: readonly ColumnProfile[]): IslandMatch[];
  /** Let another worker ask for encoded rows over this port, past the page. */
  serveRows(port: MessagePort): void;
  /**
   * The file again with predictions to the right of every original column, in the file's own order.
   *
   * @param format - Null for that of the file.
   * @param onlyEmpty - Index of a column: rows in which it is not empty are left out. Null: none are.
   */
  write(
    predictions: readonly AddedColumn[],
    format: WrittenFormat | null,
    onlyEmpty: number | null,
  ): Blob;
}

/** Numbers made from the table by an island's encoding; what other workers may get. */
export interface RowSource {
  /**
   * Rows scaled by the island, missing values at its centre, for describing.
   *
   * @returns [rows, encoded columns] in row order; finite.
   */
  scaledRows(island: Space, matches: readonly FeatureMatch[]): RowBlock;
  /**
   * Rows as reuse reads them. The column of answers is none of the user's own columns.
   *
   * @param withOwn - Whether the user's own columns are wanted too.
   */
  reuseRows(
    island: Space,
    matches: readonly FeatureMatch[],
    answersColumn: number | null,
    rows: RowChoice,
    withOwn: boolean,
  ): KindRows<Fed>;
  /** What scripts have to know to read the table. It holds names of columns and values of categories. */
  scriptTable(answersColumn: number | null): ScriptTable;
  /** The columns that a model of the user's own may learn from, and the target. They go the same way. */
  learnable(target: string): Table;
  /** The answers that a column holds. They go to the worker at the other end of the port, never to the page. */
  answers(column: number, task: Answers["task"]): Answers;
}

export interface RowBlock {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly cols: number;
}
