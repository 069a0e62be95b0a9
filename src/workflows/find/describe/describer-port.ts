import type {
  Description,
  PrivacyBudget,
  SketchDescription,
} from "../../../contracts/workers/description";
import type { Steps } from "../../../engine/ground/progress";
import type { Space } from "../../../engine/kinds/space";
import type { FeatureMatch } from "../../../engine/kinds/table/space/space";
import type { Ranking } from "../../../engine/search/rank";
import type { BookPoints } from "../../../engine/specification/book/book";
import type { CandidateSpec } from "../../../engine/specification/candidate-spec";

/** What sees the rows. `rank` compares with those described last. */
export interface RowDescriber {
  /** @param book - Shape [points, columns]: the space's; null if it has none. */
  describe(
    island: Space,
    matches: readonly FeatureMatch[],
    book: BookPoints | null,
  ): Steps<Description>;
  /** @param privacy - Null: no noise, for a search that is made here. */
  sketch(
    island: Space,
    matches: readonly FeatureMatch[],
    privacy: PrivacyBudget | null,
    book: BookPoints | null,
  ): Steps<SketchDescription>;
  rank(candidates: readonly CandidateSpec[]): Steps<Ranking>;
}
