/** @file What is made of rows to find learnwares for them. */

import type { ComputeName } from "../../engine/specification/kernel/compute";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import type { Specification } from "../../engine/specification/specification";

export interface Description {
  readonly rkme: Specification;
  /** Shape [points of the book]: its weights on the space's book; null where that has none. */
  readonly bookWeights: Float64Array | null;
  readonly preflight: PreflightReport;
  /** Which implementation did the sums. */
  readonly compute: ComputeName;
  readonly milliseconds: number;
}

/** What differential privacy is asked for. */
export interface PrivacyBudget {
  /** ε > 0: how much more likely one row can make any answer, as a power of e. */
  readonly epsilon: number;
  /** δ in (0, 1): with what probability more than that; far less than one in the number of rows. */
  readonly delta: number;
}

export interface SketchDescription {
  /** Shape [numbers of a sketch of the space], of all rows; with noise, if a budget was given. */
  readonly sketch: Float32Array;
  /** Shape [points of the book]: the weights that come nearest to a sketch with noise; null without noise, or a book. */
  readonly bookWeights: Float64Array | null;
  readonly rowCount: number;
  /** What the noise is worth; null when there is none. */
  readonly epsilon: number | null;
  readonly delta: number | null;
  /** Which implementation did the sums. */
  readonly compute: ComputeName;
  readonly milliseconds: number;
}
