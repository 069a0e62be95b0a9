/** @file What the page may ask of the data worker, the only place where raw rows live. */

import type { ScriptTable } from "../../engine/export/templates/script-inputs";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";
import type { EncodedRows } from "../../engine/kinds/table/rows/table-rows";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import type { ColumnProfile, TableProfile } from "../../engine/kinds/table/columns/profile";
import type { Answers } from "../../engine/learner/answers";
import type { AddedColumn } from "../../engine/kinds/added-column";
import type { RowChoice, KindRows } from "../../engine/kinds/kind";

export interface ReadOptions {
  /** Set when the user overrules what was detected. */
  readonly hasHeader?: boolean;
  readonly delimiter?: string;
}

export interface DataApi {
  /** Read a delimited text file (plain or gzip) and say what is in it. Replaces the table held before. */
  read(file: File, options: ReadOptions): TableProfile;
  /** Treat a column as another type. */
  retype(column: number, type: ColumnType): TableProfile;
  /** Which of these islands a table of such columns could belong to, best first. It looks at no row. */
  rankIslands(islands: readonly Space[], columns: readonly ColumnProfile[]): IslandMatch[];
  /** Let another worker ask for encoded rows over this port, past the page. */
  serveRows(port: MessagePort): void;
  /** The file again with predictions to the right of every original column, in the file's own order. */
  writeCsv(predictions: readonly AddedColumn[]): Blob;
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
  ): KindRows<EncodedRows>;
  /** What scripts have to know to read the table. It holds names of columns and values of categories. */
  scriptTable(answersColumn: number | null): ScriptTable;
  /** The answers that a column holds. They go to the worker at the other end of the port, never to the page. */
  answers(column: number, task: Answers["task"]): Answers;
}

export interface RowBlock {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly cols: number;
}
