/** @file What predictions are made with, and what comes of them. */

import type { Filling } from "../../engine/kinds/table/fill/fill-in";
import type { ErrorDetails } from "../../engine/ground/errors";
import type { ReadmeLanguage } from "../../engine/export/templates/readme";
import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { Choice } from "../../engine/reuse/choose/choose-reuser";
import type { HeldByRanges } from "../../engine/reuse/outputs/uncertainty";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import type { Answered } from "../../engine/reuse/rows/same-question";
import type { Account, ReuserName } from "../../engine/reuse/reuser";
import type { WayFigures } from "../../engine/reuse/figures/way-figures";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";
import type { ErrorCode } from "../outcome";

export interface ReuseMember {
  readonly id: string;
  /** The learnware's zip, already checked against its hash. */
  readonly zip: Uint8Array<ArrayBuffer>;
  /** ≥ 0: how much it is to count, where a mixture was chosen; null if the rows are to tell. */
  readonly share: number | null;
  /** What it answers as its card says; null if nothing does. */
  readonly question: Answered | null;
  /** Its published specification; null where rows are not to be compared with it. */
  readonly spec: CandidateSpec | null;
}

export interface ReusePlan {
  /** Names what is prepared in later calls. */
  readonly id: number;
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
  readonly rows: number;
  /** Nearest first. */
  readonly members: readonly ReuseMember[];
  /** Index of the column that holds the answers of some rows; it is not to be among the matches. */
  readonly answersColumn: number | null;
  /** How models get the columns that the table lacks. */
  readonly filling: Filling;
  /** `average`: as the shares say. `all`: choose among all ways of reuse. */
  readonly ways: "average" | "all";
}

/** A learnware that was left out, and why. */
export interface LeftOut {
  readonly id: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What was chosen, and from what. */
export interface Preparation {
  readonly recommended: ReuserName;
  /** Whether answers decided, or only how well the mixture fits. */
  readonly basis: "labels" | "fit";
  /** Why answers speak for it. */
  readonly reason: Choice["reason"];
  /** Whether ways were judged on stretches of time, or on rows at random; null if they were not judged. */
  readonly judgedBy: "time" | "chance" | null;
  readonly ways: readonly WayFigures[];
  /** Whether models get columns that the table lacks. */
  readonly fillsIn: boolean;
  /** Rows with an answer that were learned from. */
  readonly answers: number;
  /** Ids of the learnwares that work, in the order in which accounts count them. */
  readonly learnwares: readonly string[];
  /** ≥ 0: how much each of them counts where nothing else is known. */
  readonly shares: readonly number[];
  readonly leftOut: readonly LeftOut[];
}

export interface Reuse {
  /** As it was, or made again without learnwares that failed on the way. */
  readonly preparation: Preparation;
  readonly way: ReuserName;
  readonly account: Account;
  readonly predictions: Predictions;
  /** The feature that each encoded column of the predictions' `farIn` belongs to. */
  readonly columnFeatures: readonly string[];
  /** What ranges of numbers held of the answers; null without any. */
  readonly ranges: HeldByRanges | null;
}

/** What a person reads in the zip of a model. */
export interface BundleWords {
  readonly language: ReadmeLanguage;
  /** How it predicts, in that language. */
  readonly sentence: string;
}
