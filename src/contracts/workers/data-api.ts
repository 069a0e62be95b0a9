/** @file What the page may ask of the data worker, where the rows live: the page holds those that it shows, and no others. */

import type { ScriptTable } from "../../engine/export/templates/script-inputs";
import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { Fed } from "../../engine/kinds/index";
import type { ColumnType, Table } from "../../engine/kinds/table/columns/column";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import type { ColumnProfile, TableProfile } from "../../engine/kinds/table/columns/profile";
import type { Answers } from "../../engine/learner/answers";
import type { AddedColumn } from "../../engine/kinds/added-column";
import type { ShownCells, WantedCells } from "../../engine/kinds/table/window/shown-cells";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import type { WrittenFormat } from "../../engine/kinds/table/write/media-types";
import type { Embedded, EmbedderFiles } from "./embedded";
import type { LookedAt, PinnedPoints } from "./own-plan";
import type { RowChoice, KindRows } from "../../engine/kinds/kind";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";

/** What the user overrules of what is found out. */
export type { ReadOptions };

export interface DataApi {
  /** Read a file and say what is in it. Replaces the table held before. */
  read(file: File, options: ReadOptions): TableProfile;
  /** Treat a column as another type. */
  retype(column: number, type: ColumnType): TableProfile;
  /** Some cells to be shown. */
  cells(wanted: WantedCells): ShownCells;
  /**
   * Which of these islands the table could belong to, were its columns such, best first. It looks at no more than the first rows.
   *
   * @param files - Of the embedder, where that takes it: pictures are looked at to tell. Null where it does not, or has them.
   */
  rankIslands(
    islands: readonly Space[],
    columns: readonly ColumnProfile[],
    files: EmbedderFiles | null,
  ): IslandMatch[];
  /**
   * Place what a column holds in a pinned space, to be asked for as rows of it; kept until another table is read.
   *
   * @param files - What the space's embedder needs, already checked; null if the worker has it.
   */
  embed(space: EmbeddingSpace, column: number, files: EmbedderFiles | null): Embedded;
  /**
   * Answers given by hand, over those of a column; kept until another table is read. They are asked for as those of the column
   * behind the last.
   *
   * @param base - Index of the column with answers that are known already; null: none are.
   */
  giveAnswers(base: number | null, byRow: ReadonlyMap<number, string>): void;
  /** The language that the first texts of a column are in, as ISO 639-3; null if none can be told. */
  language(column: number): string | null;
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
   * Rows scaled by the island, missing values at its centre, for describing; those that say nothing in a pinned space are
   * left out.
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
  /** What a column holds as it is written, for a model of the user's own; it goes the same way. */
  texts(column: string): readonly string[];
  /** Pictures as the embedder sees them, which goes the same way; null of a table. */
  looked(): LookedAt | null;
  /** Where some of the pictures lie, to describe them by, which goes the same way; null of a table. */
  pinned(rows: Int32Array): PinnedPoints | null;
  /** The answers that a column holds. They go to the worker at the other end of the port, never to the page. */
  answers(column: number, task: Answers["task"]): Answers;
}

export interface RowBlock {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly cols: number;
  /** Shape [rows]: which rows of the table these are; null: all of them. */
  readonly described: Int32Array<ArrayBuffer> | null;
}
