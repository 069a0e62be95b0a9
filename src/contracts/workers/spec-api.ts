/** @file What the page may ask of the specification worker: describe the rows, then re-rank what was found. */

import type { FeatureMatch, Island } from "../../engine/kinds/table/space/island";
import type { ComputeName } from "../../engine/specification/kernel/compute";
import type { PreflightReport } from "../../engine/specification/publish/preflight";
import type { Ranking } from "../../engine/search/rank";
import type { Specification } from "../../engine/specification/specification";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";

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

export interface SpecApi {
  /** Where encoded rows come from: a port to the data worker. */
  connectRows(port: MessagePort): void;
  /** Which implementation to use; `auto` probes. */
  useCompute(choice: ComputeName | "auto"): void;
  /**
   * Reduce the rows to a specification that passes the preflight, and keep the rows loaded for `rank`.
   * Fails with `preflight_failed` when no reduced set is safe to send.
   */
  describe(island: Island, matches: readonly FeatureMatch[]): Description;
  /**
   * Sum all rows up in a sketch, and keep them loaded for `rank`.
   *
   * @param privacy - Null: no noise, for a search inside the tab.
   */
  sketch(
    island: Island,
    matches: readonly FeatureMatch[],
    privacy: PrivacyBudget | null,
  ): SketchDescription;
  /** Exact asymmetric ranking: all rows (or a large sample of them) against each candidate. */
  rank(candidates: readonly CandidateSpec[]): Ranking;
}
