/** @file What the page may ask of the specification worker: describe the rows, then re-rank what was found. */

import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { ComputeName } from "../../engine/specification/kernel/compute";
import type { Ranking } from "../../engine/search/rank";
import type { BookPoints } from "../../engine/specification/book/book";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { RowsBeside } from "./rows-beside";
import type { Description, PrivacyBudget, SketchDescription } from "./description";

export interface SpecApi {
  /** Where encoded rows come from: a port to the data worker. */
  connectRows(port: MessagePort): void;
  /** Which implementation to use; `auto` probes. */
  useCompute(choice: ComputeName | "auto"): void;
  /**
   * Describe the rows by a specification that passes the preflight, and keep the rows loaded for `rank`.
   * Fails with `preflight_failed` when none is safe to send.
   *
   * @param secret - Of this browser.
   */
  describe(
    island: Space,
    matches: readonly FeatureMatch[],
    book: BookPoints | null,
    secret: Secret,
  ): Description;
  /**
   * Sum all rows up in a sketch, and keep them loaded for `rank`.
   *
   * @param privacy - Null: no noise, for a search inside the tab.
   * @param book - The space's points; null if it has none. Wherever rows are described, they are kept for `rank` too.
   */
  sketch(
    island: Space,
    matches: readonly FeatureMatch[],
    privacy: PrivacyBudget | null,
    book: BookPoints | null,
  ): SketchDescription;
  /** Exact asymmetric ranking: all rows (or a large sample of them) against each candidate. */
  rank(candidates: readonly CandidateSpec[]): Ranking;
  /** The rows that were described beside what some candidates learnt from. */
  layBeside(candidates: readonly CandidateSpec[]): RowsBeside;
}
