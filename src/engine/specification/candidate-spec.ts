import type { Specification, SpecificationExtras } from "./specification";

/** A learnware's specification, as the ranking needs it. */
export interface CandidateSpec {
  readonly id: string;
  readonly rkme: Specification;
  readonly radiusSquared: SpecificationExtras["radiusSquared"];
  /** Shape [points of the space's book]: its weights, where they are on it; `rkme` has the points that carry some. */
  readonly bookWeights?: Float64Array | undefined;
}
