/** @file What is made of rows to find learnwares for them. */

import type { ComputeName } from "../../engine/specification/kernel/compute";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import type { Specification } from "../../engine/specification/specification";

export interface Description {
  readonly rkme: Specification;
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
  /** Shape [512]: the mean of the rows' random features; with noise, if a budget was given. */
  readonly sketch: Float32Array;
  readonly rowCount: number;
  /** What the noise is worth; null when there is none. */
  readonly epsilon: number | null;
  readonly delta: number | null;
  /** Which implementation did the sums. */
  readonly compute: ComputeName;
  readonly milliseconds: number;
}
