import type { FittedModel } from "../../../learner/choose-model";
import type { OwnInput } from "./own-inputs";

/** A model trained on the user's own rows: enough to predict the rows of another table with such columns. */
export interface OwnModel {
  readonly target: string;
  /** Of the classes, in the order of the model's outputs; empty for numbers. */
  readonly labels: readonly string[];
  readonly inputs: readonly OwnInput[];
  readonly fitted: FittedModel;
  /** Half the width of an interval that holds 9 in 10 answers; null of classes. */
  readonly radius: number | null;
}
