/** @file What reuse needs of the world, for whoever holds the rows and runs the models. */

import type { ReuseMember, ReusePlan } from "../../contracts/workers/reuse-plan";
import type { ScriptTable } from "../../engine/export/templates/script-inputs";
import type { Steps } from "../../engine/ground/progress";
import type { Alignment } from "../../engine/kinds/table/fill/alignment";
import type { Space as TableSpace } from "../../engine/kinds/table/space/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { LearnwarePackage } from "../../engine/learnware/package";
import type { FailedLearnware } from "../../engine/reuse/predict/learnware-run";
import type { RunnableLearnware } from "../../engine/learnware/runnable-learnware";
import type { ReuseRequest } from "../../engine/reuse/predict/prepare-reuse";
import type { Answers } from "../../engine/learner/answers";
import type { Fed } from "../../engine/kinds/index";
import type { KindRows, RowChoice } from "../../engine/kinds/kind";
import type { Compute } from "../../engine/specification/kernel/compute";

/** The user's rows, as a plan has them. */
interface ReuseRows {
  read(
    plan: Pick<ReusePlan, "island" | "matches" | "answersColumn">,
    rows: RowChoice,
    withOwn: boolean,
  ): Promise<KindRows<Fed>>;
  answers(column: number, task: Answers["task"]): Promise<Answers>;
  /** What scripts have to know to read the table. */
  scriptTable(answersColumn: number | null): Promise<ScriptTable>;
}

export interface OpenedLearnware extends RunnableLearnware {
  /** None where nothing is to be written down. */
  readonly package?: LearnwarePackage;
}

export interface OpenedMembers {
  readonly opened: readonly OpenedLearnware[];
  /** Those that cannot be understood. */
  readonly failed: readonly FailedLearnware[];
}

export interface ReuseHostPorts {
  readonly rows: ReuseRows;
  readonly compute: () => Promise<Compute>;
  /** Open these learnwares in the place of those opened before. */
  readonly open: (members: readonly ReuseMember[]) => Promise<OpenedMembers>;
  /** Networks that fill in what the table lacks, by learnware. */
  readonly learnAlignments: (
    request: ReuseRequest,
    island: TableSpace,
    matches: readonly FeatureMatch[],
  ) => Steps<ReadonlyMap<string, Alignment>>;
}
