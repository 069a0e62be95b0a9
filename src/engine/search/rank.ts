import type { Rkme, RkmeExtras } from "../spec/rkme";

/** A learnware's specification, as the ranking needs it. */
export interface CandidateSpec {
  readonly id: string;
  readonly rkme: Rkme;
  readonly radiusSquared: RkmeExtras["radiusSquared"];
}

/** How well one learnware, or a weighted mixture of several, fits a data set. */
export interface Fit {
  /** Squared maximum mean discrepancy, ≥ 0; 0 when the distributions are the same. */
  readonly mmd2: number;
  /** 2⟨u, v⟩ / (‖u‖² + ‖v‖²), in [0, 1]: 1 when the same, 0 when nothing is in common. */
  readonly similarity: number;
  /** Share of the user's rows that lie where the learnware's training rows lay, in [0, 1]. */
  readonly coverage: number;
}

export interface SingleFit extends Fit {
  readonly id: string;
}

export interface MixtureFit extends Fit {
  readonly members: readonly { readonly id: string; readonly weight: number }[];
}

export interface Ranking {
  /** Best first. */
  readonly singles: readonly SingleFit[];
  /** Null when no mixture of two or more is better than the best single one. */
  readonly mixture: MixtureFit | null;
}
