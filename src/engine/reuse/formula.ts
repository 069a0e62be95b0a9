import type { FittedModel } from "../learner/choose-model";
import type { LinearModel } from "../learner/linear/linear-model";

/**
 * What a fitted way of reuse computes, for it to be written down as a model. Outputs are those of the m learnwares the
 * way was fitted to; the estimate is the one without labels, as `unlabelledEstimate` makes it.
 */
export type Formula =
  | {
      readonly kind: "sum";
      /** Shape [m]: of the outputs. */
      readonly weights: Float64Array;
      /** Of the estimate. */
      readonly estimate: number;
      readonly constant: number;
    }
  /** Shape [m]: what each learnware's most probable class gets. */
  | { readonly kind: "votes"; readonly weights: Float64Array }
  | { readonly kind: "by_row"; readonly shares: Float64Array; readonly onlyLargest: boolean }
  /** On the numbers of one learnware, or its log probabilities, to which it is added. */
  | { readonly kind: "head"; readonly learnware: number; readonly model: LinearModel }
  /** On the user's own columns. */
  | { readonly kind: "own"; readonly model: FittedModel }
  /** On the user's own columns, and per number or class the estimate, to which numbers and class scores are added. */
  | { readonly kind: "corrected"; readonly model: FittedModel }
  | {
      readonly kind: "blend";
      readonly parts: readonly { readonly formula: Formula; readonly share: number }[];
    };
