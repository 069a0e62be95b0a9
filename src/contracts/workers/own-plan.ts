/** @file What a model of the user's own is trained with, and what is told of it. */

import type { Matrix } from "../../engine/ground/matrix";
import type { KindName } from "../../engine/ground/kind-name";
import type { Task } from "../../engine/ground/task";
import type { ReadColumn, TableDialect } from "../../engine/kinds/table/columns/profile";
import type { LeftOutColumn } from "../../engine/kinds/table/own/own-inputs";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import type { ModelKind } from "../../engine/learner/choose-model";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import type { BookPoints } from "../../engine/specification/book/book";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import type { PreflightReport } from "../../engine/specification/publish/preflight";

export interface OwnRequest {
  /** Name of the column that is to be filled in. */
  readonly target: string;
  /** Null: as the column's values look. */
  readonly task: Task | null;
  /** Names of columns that are not to be learned from. */
  readonly without: readonly string[];
  /** Name of a column of texts whose words alone are learned from; left out: the other columns are, or the pictures. */
  readonly texts?: string;
  /** Both by default. */
  readonly kinds?: readonly ModelKind[];
  readonly seed?: number;
}

/** Pictures as the embedder sees them. */
export interface LookedAt {
  /** Shape [pictures, e]. */
  readonly vectors: Matrix<Float32Array<ArrayBuffer>>;
  /** Of the largest of the rasters. */
  readonly side: number;
}

/** Pictures or texts in the pinned space that suits them. */
export interface PinnedPoints {
  readonly space: EmbeddingSpace;
  readonly book: BookPoints;
  /** Shape [n, d]: of those that say something. */
  readonly points: Matrix<Float32Array<ArrayBuffer>>;
}

/** A column of texts, placed by the worker that holds it in the space that suits them. */
export interface PlacedTexts extends Pick<PinnedPoints, "space" | "book"> {
  readonly column: number;
}

/** How good a model is on rows that it has not learned from, beside the answer that needs no model. */
export interface OwnFigures {
  /** Root mean squared error in units of the target, or the share of right answers. */
  readonly measure: "rmse" | "accuracy";
  readonly value: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** The same measure of the mean, or of the most frequent class, on the same rows. */
  readonly trivial: number;
  readonly rows: number;
}

interface Bin {
  readonly rows: number;
  /** The mean of the predictions, or of the certainties of the said classes. */
  readonly said: number;
}

/** How far what is said can be believed, on rows that it has not learned from, by what is said, ascending. */
export type OwnPlot =
  | {
      readonly kind: "calibration";
      /** `right`: the share of right answers, and its 95 % interval. */
      readonly bins: readonly (Bin & {
        readonly right: number;
        readonly interval: readonly [number, number];
      })[];
    }
  | {
      readonly kind: "residuals";
      /** Of the answers less the predictions: the median, between what the middle half lies, and between what nine in ten do. */
      readonly bins: readonly (Bin & {
        readonly middle: number;
        readonly half: readonly [number, number];
        readonly most: readonly [number, number];
      })[];
    };

/** How classes are told from each other, on rows that it has not learned from. */
export interface OwnClasses {
  /** Of each class: rows that are of it, rows that are said to be, and rows that are both. */
  readonly counts: readonly {
    readonly rows: number;
    readonly said: number;
    readonly right: number;
  }[];
  /** Rows by their class and the one that is said, [class][said]; null of many classes. */
  readonly confusion: readonly (readonly number[])[] | null;
  /**
   * Of two classes the area under the ROC curve: how often, of two rows of different classes, the one of the second class is
   * given more certainty of it. Null of more classes.
   */
  readonly auc: number | null;
}

/** What is told of it. */
export interface OwnReport {
  readonly task: Task;
  readonly kind: ModelKind;
  /** Rows with an answer, which it learned from. */
  readonly answers: number;
  /** Rows without. */
  readonly wanted: number;
  /** Rows whose answer no other row has; not learned from. */
  readonly lonely: number;
  readonly figures: OwnFigures;
  readonly plot: OwnPlot;
  /** Null of numbers. */
  readonly classes: OwnClasses | null;
  /** Columns by how much worse held-out rows are predicted without what they say; shares that sum to 1, largest first. */
  readonly importances: readonly { readonly column: string; readonly share: number }[];
  /** Columns that alone tell the answer almost perfectly. */
  readonly leaks: readonly string[];
  readonly leftOut: readonly LeftOutColumn[];
}

/** Why no model can be trained for a column. */
export type NoOwnModel =
  | "no_column"
  | "few_answers"
  | "one_value"
  | "single_rows"
  | "too_large"
  | "many_values"
  | "no_inputs";

/** What the page gets: the model stays in the worker. */
export interface OwnResult {
  readonly report: OwnReport;
  /** Of all rows; those with an answer by models that have not learned from them. */
  readonly predictions: Predictions;
  /** Names of the columns that it learned from. */
  readonly columns: readonly string[];
  /** From what it learned: columns, the pictures, or the words of the only one of `columns`. */
  readonly kind: KindName;
  /** How another table of such columns is to be read. */
  readonly reading: ReadOptions;
}

/** A model as a learnware, and how its outline was looked at. */
export interface OwnShared {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly preflight: PreflightReport;
}

/** A model and all that is to be known of it, without any row. */
export interface OwnTrained {
  readonly model: OwnModel;
  readonly report: OwnReport;
  /** Of the table that it was trained on. */
  readonly dialect: TableDialect;
  /** How those of its columns were read that the model takes, and the target. */
  readonly read: readonly ReadColumn[];
}
