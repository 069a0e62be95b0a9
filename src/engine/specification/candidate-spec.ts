import type { Specification, SpecificationExtras } from "./specification";

/** A learnware's specification, as the ranking needs it. */
export interface CandidateSpec {
  readonly id: string;
  readonly rkme: Specification;
  readonly radiusSquared: SpecificationExtras["radiusSquared"];
}
