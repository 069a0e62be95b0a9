/** @file What the screens need of the clients. `main.ts` passes the real ones, tests plain objects. */

import type { Dock as AnyDock } from "../client/dock/dock";
import type { Searcher } from "../client/dock/sketch-search";
import type { ReadOptions } from "../contracts/workers/data-api";
import type { LearnwareCard } from "../contracts/http/dock-api";
import type { BundleWords, Preparation, Reuse, ReusePlan } from "../contracts/workers/reuse-plan";
import type {
  Description,
  PrivacyBudget,
  SketchDescription,
} from "../contracts/workers/description";
import type { FeatureMatch, Space } from "../engine/kinds/table/space/space";
import type { Progress } from "../engine/ground/progress";
import type { ReuserName } from "../engine/reuse/reuser";
import type { Ranking } from "../engine/search/rank";
import type { ColumnType } from "../engine/kinds/table/columns/column";
import type { ColumnProfile, TableProfile } from "../engine/kinds/table/columns/profile";
import type { IslandMatch } from "../engine/kinds/table/match/match";
import type { BookPoints } from "../engine/specification/book/book";
import type { CandidateSpec } from "../engine/specification/candidate-spec";
import type { AddedColumn } from "../engine/kinds/added-column";

export interface Call {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface TableKeeper {
  read(file: File, options: ReadOptions, call?: Call): Promise<TableProfile>;
  retype(column: number, type: ColumnType): Promise<TableProfile>;
  rankIslands(
    islands: readonly Space[],
    columns: readonly ColumnProfile[],
    call?: Call,
  ): Promise<IslandMatch[]>;
  writeCsv(predictions: readonly AddedColumn[], call?: Call): Promise<Blob>;
}

export interface Describer {
  describe(
    island: Space,
    matches: readonly FeatureMatch[],
    book: BookPoints | null,
    call?: Call,
  ): Promise<Description>;
  sketch(
    island: Space,
    matches: readonly FeatureMatch[],
    privacy: PrivacyBudget | null,
    book: BookPoints | null,
    call?: Call,
  ): Promise<SketchDescription>;
  rank(candidates: readonly CandidateSpec[], call?: Call): Promise<Ranking>;
}

export interface Predictor {
  prepare(plan: ReusePlan, call?: Call): Promise<Preparation>;
  predict(plan: number, way: ReuserName, rows: number, call?: Call): Promise<Reuse>;
  bundle(plan: number, way: ReuserName, words: BundleWords, call?: Call): Promise<Blob>;
  /** Give back the memory that models took; what was prepared is gone. */
  release(): void;
}

export type Dock = Omit<AnyDock, "packageBytes">;

export interface Packages {
  get(
    card: Pick<LearnwareCard, "id" | "sha256" | "sizeBytes">,
    call?: Call,
  ): Promise<Uint8Array<ArrayBuffer>>;
  clear(): Promise<void>;
}

/** What was spent on which table, by its fingerprint. */
export interface Ledger {
  spent(key: string): PrivacyBudget;
  add(key: string, cost: PrivacyBudget): void;
  clear(): void;
}

/** The secret of this browser, by which half of the rows is picked. */
interface Key {
  /** Make another. */
  renew(): Promise<void>;
}

export interface Clients {
  readonly data: TableKeeper;
  readonly spec: Describer;
  readonly reuse: Predictor;
  readonly dock: Dock;
  readonly searcher: Searcher;
  readonly packages: Packages;
  readonly ledger: Ledger;
  readonly key: Key;
}
