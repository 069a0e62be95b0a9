/** @file What every way of reusing learnwares is given, and gives. */

import { EngineError } from "../ground/errors";
import type { Target } from "../learner/target";
import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import type { Formula } from "./formula";
import type { Outputs } from "./outputs/outputs";
import type { RowBlock } from "./rows/row-block";

/** Rows whose answer the user knows. */
export interface LabelledRows extends RowBlock {
  /** Class codes count the labels of the outputs. */
  readonly target: Target;
  /** Shape [n]: when each row is from, NaN where that is not known; none if nothing tells. */
  readonly time?: Float64Array | null;
}

/** What a reuser may learn from. */
export interface ReuseTask {
  /** Shape [m], ≥ 0 and not all 0: how much each learnware counts where nothing else is known. */
  readonly shares: Float64Array;
  readonly known: LabelledRows | null;
  /** Rows to be predicted, or some of them: what they look like may be learned from too. */
  readonly sample?: RowBlock;
}

/** Facts for the sentence that says what was done. Learnwares are counted as in the outputs. */
export type Account =
  | {
      readonly code: "averaged" | "voted";
      readonly learnwares: number;
      /** The learnware with the largest share, and that share. */
      readonly heaviest: number;
      readonly share: number;
    }
  | {
      readonly code: "selected" | "weighed_by_row";
      /** Those with a share; and the one with the largest. */
      readonly learnwares: number;
      readonly heaviest: number;
      /** Shape [m]: rows for which each learnware weighed most. */
      readonly rowsOf: readonly number[];
      /** Rows without evidence for any learnware: they got the mixture's average. */
      readonly abstained: number;
    }
  | {
      readonly code: "pruned";
      readonly kept: readonly number[];
      readonly of: number;
      readonly labels: number;
    }
  | {
      readonly code: "stacked";
      /** Shape [m], ≥ 0; for numbers their sum may differ from 1. */
      readonly weights: readonly number[];
      readonly constant: number;
      /** The labels gave no reason to leave the mixture's shares. */
      readonly isMixture: boolean;
      readonly labels: number;
    }
  | {
      readonly code: "headed";
      /** The one whose outputs were corrected, of so many. */
      readonly learnware: number;
      readonly of: number;
      /** Whether the labels gave a reason to correct it. */
      readonly isCorrected: boolean;
      readonly labels: number;
    }
  | {
      readonly code: "own_model";
      readonly learner: "linear" | "trees";
      readonly columns: number;
      readonly labels: number;
    }
  | {
      readonly code: "guided";
      /** Of the user: the learnwares drew a line through them, which the labels corrected. */
      readonly columns: number;
      readonly learnwares: number;
      readonly labels: number;
    }
  | {
      readonly code: "combined";
      /** At least two; shares sum to 1. */
      readonly ways: readonly { readonly way: ReuserName; readonly share: number }[];
      readonly labels: number;
    }
  | {
      readonly code: "augmented";
      readonly learner: "linear" | "trees";
      /** Columns of the user's beside the learnwares' outputs. */
      readonly columns: number;
      readonly learnwares: number;
      readonly labels: number;
    };

export interface Reused {
  /** Shape [n, c] numbers, or [n, labels] probabilities. */
  readonly values: Matrix<Float64Array>;
  readonly account: Account;
}

/** A way of reusing learnwares that has learned all it needs; rows may come in blocks. */
export interface FittedReuser {
  readonly formula: Formula;
  /** @throws EngineError `bad_parameter` if the block lacks what `needs` names. */
  predict(block: RowBlock): Reused;
}

export type ReuserName =
  | "average"
  | "vote"
  | "select"
  | "weigh_by_row"
  | "prune"
  | "head"
  | "augment_linear"
  | "augment_trees"
  | "stack"
  | "own_model"
  | "guided_model"
  | "combine";

export type Need = "labels" | "evidence" | "features";

/** A way of turning several learnwares' outputs into predictions. */
export interface Reuser {
  readonly name: ReuserName;
  readonly tasks: readonly Outputs["task"][];
  readonly needs: readonly Need[];
  /** Labelled rows below which it is not worth trying; 0 if it needs none. */
  readonly leastLabels: number;
  /** Not tried with fewer labels than columns: a split has little to go by there, and time grows with the columns. */
  readonly growsTrees?: true;
  /**
   * Learn what there is to learn; yields `train`.
   *
   * @throws EngineError `bad_parameter` if the task lacks what `needs` names.
   */
  fit(task: ReuseTask): Steps<FittedReuser>;
}

/** What a reuser says it needs, or a refusal. */
export function required<T>(value: T | null, need: Need): T {
  if (value === null) throw new EngineError("bad_parameter", `this way of reuse needs ${need}`);
  return value;
}

/**
 * The labelled rows of a task.
 *
 * @throws EngineError `bad_parameter` if there are none; `shape_mismatch` if the answers are not one per row, or
 *   their classes or numbers not those of the outputs.
 */
export function knownRows({ known }: ReuseTask): LabelledRows {
  const labelled = required(known, "labels");
  const { outputs, target } = labelled;
  const cols = outputs.values[0]!.cols;
  const [rows, width] =
    target.task === "regression"
      ? [target.values.length, 1]
      : [target.codes.length, target.classes];
  if (rows !== outputs.rows || width !== cols || target.task !== outputs.task) {
    throw new EngineError(
      "shape_mismatch",
      `answers of ${target.task} are [${rows}, ${width}], outputs of ${outputs.task} [${outputs.rows}, ${cols}]`,
    );
  }
  return labelled;
}
