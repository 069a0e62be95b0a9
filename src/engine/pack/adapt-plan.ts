/** @file What is written around a foreign model, so that it takes one input and gives one output. */

import type { ElementType } from "../learnware/onnx/onnx-codec";

/** What an input of the foreign model is made of; columns are places in the new input. */
export type Part =
  /** As they are. */
  | { readonly form: "numbers"; readonly columns: readonly number[] }
  /** Columns of which one is 1: its place among them, from 0; −1 if none is. Of shares the largest counts. */
  | { readonly form: "code"; readonly columns: readonly number[] }
  /** Columns of which one is 1: the text that stands for it; the empty text if none is. */
  | {
      readonly form: "text";
      readonly columns: readonly number[];
      readonly texts: readonly string[];
    }
  /** A whole number, written. */
  | { readonly form: "written"; readonly column: number };

/** A value that is the same for every row. */
export interface FixedValue {
  readonly shape: readonly number[];
  readonly data: readonly number[] | readonly string[];
}

export interface Feed {
  /** Of the foreign model. */
  readonly input: string;
  readonly element: ElementType;
  /** Of one row, or of the example; null: as the new input has it. */
  readonly shape: readonly number[] | null;
  /** Null: the new input, whole. */
  readonly parts: readonly Part[] | null;
  /** What missing numbers become, where the foreign model has no room for them. */
  readonly fill?: number;
}

/** What is made of an output of the foreign model. */
export type Answer =
  /** All its numbers of a row side by side, or one of them. */
  | { readonly form: "numbers"; readonly output: string; readonly pick?: number }
  /** A score of each class. */
  | { readonly form: "scores"; readonly output: string; readonly scale: ScoreScale }
  /** 1 for the class that it names, 0 for the others. */
  | { readonly form: "labels"; readonly output: string; readonly labels: readonly string[] };

/**
 * How scores are to be read: as they are; through a softmax; one number that is the probability of the second of two
 * classes; or one number that is above 0 for the second.
 */
type ScoreScale = "probabilities" | "logits" | "second" | "margin";

/**
 * In what portions rows are put in: any number of them; so many at a time; or one at a time, because the model knows no rows
 * and takes one example.
 */
export type Portion = "any" | "example" | { readonly rows: number };

export interface AdaptPlan {
  /** The new input: of what, and in which shape a row is. */
  readonly takes: { readonly element: "float32" | "string"; readonly shape: readonly number[] };
  readonly feeds: readonly Feed[];
  readonly fixed: ReadonlyMap<string, FixedValue>;
  readonly portion: Portion;
  readonly answer: Answer;
}
