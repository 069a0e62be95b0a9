/** @file What the page may ask of the specification worker: describe the rows, then re-rank what the dock found. */

import type { FeatureMatch, Island } from "../engine/island/island";
import type { ComputeName } from "../engine/kernel/compute";
import type { PreflightReport } from "../engine/spec/preflight";
import type { CandidateSpec, Ranking } from "../engine/search/rank";
import type { Rkme } from "../engine/spec/rkme";
import type { Job, JobHost } from "./job";
import type { Outcome } from "./outcome";

export interface Description {
  readonly rkme: Rkme;
  readonly preflight: PreflightReport;
  /** Which implementation did the sums. */
  readonly compute: ComputeName;
  readonly milliseconds: number;
}

export interface SpecApi extends JobHost {
  /** Where encoded rows come from: a port to the data worker. */
  connectRows(port: MessagePort): Promise<void>;
  /** Which implementation to use; `auto` probes. */
  useCompute(choice: ComputeName | "auto"): Promise<void>;
  /**
   * Reduce the rows to a specification that passes the preflight, and keep the rows loaded for `rank`.
   * Answers `preflight_failed` when no reduced set is safe to send.
   */
  describe(
    island: Island,
    matches: readonly FeatureMatch[],
    ...job: Job
  ): Promise<Outcome<Description>>;
  /** Exact asymmetric ranking: all rows (or a large sample of them) against each candidate. */
  rank(candidates: readonly CandidateSpec[], ...job: Job): Promise<Outcome<Ranking>>;
}
