/** @file What the screens need of the clients. `main.ts` passes the real ones, tests plain objects. */

import type { Dock as AnyDock } from "../client/dock/dock";
import type { WorkStore } from "../client/storage/work-store";
import type { Searcher } from "../client/dock/sketch-search";
import type { ReadOptions } from "../contracts/workers/data-api";
import type { Embedded } from "../contracts/workers/embedded";
import type { LearnwareCard } from "../contracts/http/dock-api";
import type { BundleWords, Preparation, Reuse, ReusePlan } from "../contracts/workers/reuse-plan";
import type {
  OwnRequest,
  OwnResult,
  OwnShared,
  OwnTrained,
  PlacedTexts,
} from "../contracts/workers/own-plan";
import type {
  Description,
  PrivacyBudget,
  SketchDescription,
} from "../contracts/workers/description";
import type { Thumbnail } from "../contracts/workers/pictures-api";
import type { RowsBeside } from "../contracts/workers/rows-beside";
import type { Space } from "../engine/kinds/space";
import type { FeatureMatch } from "../engine/kinds/table/space/space";
import type { ChartIsland } from "../engine/chart/chart";
import type { Outlines } from "../engine/chart/coasts";
import type { Progress } from "../engine/ground/progress";
import type { ReuserName } from "../engine/reuse/reuser";
import type { Predictions } from "../engine/reuse/predict/predictions";
import type { Ranking } from "../engine/search/rank";
import type { ColumnType } from "../engine/kinds/table/columns/column";
import type { ColumnProfile, TableProfile } from "../engine/kinds/table/columns/profile";
import type { IslandMatch } from "../engine/kinds/table/match/match";
import type { ShownCells, WantedCells } from "../engine/kinds/table/window/shown-cells";
import type { BookPoints } from "../engine/specification/book/book";
import type { Secret } from "../engine/specification/keyed/secret";
import type { CandidateSpec } from "../engine/specification/candidate-spec";
import type { WrittenFormat } from "../engine/kinds/table/write/media-types";
import type { AddedColumn } from "../engine/kinds/added-column";

export interface Call {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface TableKeeper {
  read(file: File, options: ReadOptions, call?: Call): Promise<TableProfile>;
  retype(column: number, type: ColumnType): Promise<TableProfile>;
  cells(wanted: WantedCells, call?: Call): Promise<ShownCells>;
  rankIslands(
    islands: readonly Space[],
    columns: readonly ColumnProfile[],
    call?: Call,
  ): Promise<IslandMatch[]>;
  /** Answers to some rows, given by hand over those of a column: asked for as those of the column behind the last. */
  giveAnswers(base: number | null, byRow: ReadonlyMap<number, string>): Promise<void>;
  /** Of the first texts of a column, as ISO 639-3; null if none can be told. */
  language(column: number): Promise<string | null>;
  /** Place a column of texts, to describe what a model of the user's own learned from. */
  placeTexts(column: number, call?: Call): Promise<PlacedTexts>;
  /** Place the column that a pinned space is matched with in it, before its rows are asked for; null of a table. */
  embed(space: Space, matches: readonly FeatureMatch[], call?: Call): Promise<Embedded | null>;
  write(
    predictions: readonly AddedColumn[],
    format: WrittenFormat | null,
    onlyEmpty: number | null,
    call?: Call,
  ): Promise<Blob>;
  /** Let pictures be looked at for a model of the user's own; of a table there is nothing to do. */
  giveEmbedder(call?: Call): Promise<void>;
  /** Pictures to be shown. */
  thumbnails(rows: Int32Array, call?: Call): Promise<readonly Thumbnail[]>;
  /** Files of pictures, in a zip with a folder a label. */
  sorted(labels: readonly string[], call?: Call): Promise<Blob>;
  /** Labels given by hand as a column of the pictures; `base` is the index of one with labels that are known already. */
  label(
    column: string,
    base: number | null,
    labels: ReadonlyMap<number, string>,
    call?: Call,
  ): Promise<TableProfile>;
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
  layBeside(candidates: readonly CandidateSpec[], call?: Call): Promise<RowsBeside>;
}

export interface Predictor {
  prepare(plan: ReusePlan, call?: Call): Promise<Preparation>;
  predict(plan: number, way: ReuserName, rows: number, call?: Call): Promise<Reuse>;
  bundle(plan: number, way: ReuserName, words: BundleWords, call?: Call): Promise<Blob>;
  /** Give back the memory that models took; what was prepared is gone. */
  release(): void;
}

/** Trains a model on the table that is open. */
export interface OwnTrainer {
  train(request: OwnRequest, call?: Call): Promise<OwnResult>;
  /** Predict the table that is open now. */
  predict(call?: Call): Promise<Predictions>;
  /** What was trained last, as a zip. */
  bundle(words: BundleWords, ofPictures: boolean, call?: Call): Promise<Blob>;
  /** What was trained last, as a learnware. */
  share(sentence: string, texts: PlacedTexts | null, call?: Call): Promise<OwnShared>;
  /** What was trained last, to be kept; it holds no row. */
  trained(call?: Call): Promise<OwnTrained>;
  /** Go on with what was kept, as if it were trained last. */
  use(kept: OwnTrained, call?: Call): Promise<void>;
  /** Let go of the model, and of the rows that it learned from. */
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
  get(): Promise<Secret>;
  /** Make another. */
  renew(): Promise<void>;
}

/** Draws the coasts of a chart. */
interface Outliner {
  outline(islands: readonly ChartIsland[], call?: Call): Promise<readonly Outlines[]>;
}

/** What this browser keeps of its user's work. */
export type Works = Pick<
  WorkStore,
  | ("last" | "keep" | "forget" | "clear")
  | ("table" | "keepTable" | "forgetTable")
  | ("runs" | "addRun" | "forgetRun")
  | ("models" | "keepModel" | "forgetModel")
>;

export interface Clients {
  readonly data: TableKeeper;
  readonly spec: Describer;
  readonly reuse: Predictor;
  readonly own: OwnTrainer;
  readonly dock: Dock;
  readonly searcher: Searcher;
  readonly outliner: Outliner;
  readonly packages: Packages;
  readonly ledger: Ledger;
  readonly key: Key;
  readonly work: Works;
}
