import type { FittedModel } from "../../../learner/choose-model";
import type { OwnInput } from "./own-inputs";

/** A model trained on the user's own rows: enough to predict the rows of another table with such columns. */
export interface OwnModel {
  readonly target: string;
  /** Of the classes, in the order of the model's outputs; empty for numbers. */
  readonly labels: readonly string[];
  /** None of pictures or texts. */
  readonly inputs: readonly OwnInput[];
  /** Where it takes what the embedder sees in pictures: the side of the largest that it learned from. Left out of tables. */
  readonly pictures?: { readonly side: number };
  /**
   * Where it takes the words of a column: those that it knows, and shape [words] how much each counts. What is fitted takes their
   * tf-idf. Left out of others.
   */
  readonly texts?: {
    readonly column: string;
    readonly words: readonly string[];
    readonly idf: Float64Array;
  };
  readonly fitted: FittedModel;
  /** Half the width of an interval that holds 9 in 10 answers; null of classes. */
  readonly radius: number | null;
}
