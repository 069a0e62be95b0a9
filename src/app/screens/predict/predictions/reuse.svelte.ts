import type { BundleWords } from "../../../../contracts/workers/reuse-plan";
import { finish } from "../../../../engine/ground/finish";
import type { Progress } from "../../../../engine/ground/progress";
import type { WrittenFormat } from "../../../../engine/kinds/table/write/media-types";
import type { Filling } from "../../../../engine/kinds/table/fill/fill-in";
import type { WayScore } from "../../../../engine/reuse/figures/way-figures";
import type { AddedColumn } from "../../../../engine/kinds/added-column";
import { predictionColumns } from "../../../../engine/reuse/predict/prediction-columns";
import type { ReuserName } from "../../../../engine/reuse/reuser";
import { matchesWithout } from "../../../../engine/kinds/table/rows/table-rows";
import type { Finding } from "../../../../workflows/find/find";
import type { Offer } from "../../../../workflows/find/offers";
import { cautionInFiles, cautionOf } from "../../../../workflows/reuse/caution";
import {
  onPrepared,
  reuse,
  type Reused,
  type ReuseRun,
  type ReuseStep as Step,
} from "../../../../workflows/reuse/reuse";
import type { LearnwareCard } from "../../../../contracts/http/dock-api";
import type { Packages, Predictor, TableKeeper } from "../../../clients";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";
import { reusePorts } from "./reuse-ports";
import { Saving } from "./saving.svelte";
import { type PredictionSummary, summarise } from "./summary";

/** What asked for predictions: the choice among offers, or among ways to reuse one. */
type Origin = "offers" | "ways";

type Run = ReuseRun<LearnwareCard>;

export type ReuseState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly origin: Origin;
      readonly step: Step;
      readonly progress: Progress | null;
      readonly before: Outcome | null;
      /** The first rows, until all are done. */
      readonly firstLook: Outcome | null;
    }
  | { readonly kind: "done"; readonly outcome: Outcome }
  | {
      readonly kind: "failed";
      readonly origin: Origin;
      readonly problem: Problem;
      readonly before: Outcome | null;
    };

export interface Outcome extends Reused {
  readonly run: Run;
  readonly offer: Offer;
  readonly summary: PredictionSummary;
  /** Only the first rows, made before the answers were looked at. */
  readonly isFirstLook: boolean;
  /** How the way did on the user's answers; null without any. */
  readonly score: WayScore | null;
}

/** Where a job stands, as the panels see it. */
interface Stage {
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
  readonly onProgress: (progress: Progress) => void;
  readonly showFirst: (look: Outcome) => void;
}

/** The choice among the offers, running it, and writing its predictions beside the user's columns. */
export class ReuseStep {
  /** The table with predictions. */
  readonly saving = new Saving();
  /** What predicted, as a model. */
  readonly exporting = new Saving();
  #state = $state.raw<ReuseState>({ kind: "idle" });
  #finding = $state.raw<Finding | null>(null);
  #chosenKey = $state<string | null>(null);
  readonly #job = new LatestJob();
  #lastPlan = 0;
  #again: () => Promise<void> = () => Promise.resolve();
  readonly #reuse: Predictor;
  readonly #packages: Pick<Packages, "get">;
  readonly #data: Pick<TableKeeper, "embed" | "write">;
  readonly #onPredicted: () => void;

  /** @param onPredicted - Called when an offer that was run has its first predictions. */
  constructor(
    reuse: Predictor,
    packages: Pick<Packages, "get">,
    data: Pick<TableKeeper, "embed" | "write">,
    onPredicted: () => void,
  ) {
    this.#onPredicted = onPredicted;
    this.#reuse = reuse;
    this.#packages = packages;
    this.#data = data;
  }

  get state(): ReuseState {
    return this.#state;
  }

  /** The last predictions made for this finding; a failed or stopped run does not take them away. */
  get outcome(): Outcome | null {
    const state = this.#state;
    if (state.kind === "done") return state.outcome;
    if (state.kind === "running") return state.firstLook ?? state.before;
    return state.kind === "idle" ? null : state.before;
  }

  readonly recommended = $derived(this.#finding?.offers.filter((o) => o.recommended) ?? []);
  readonly others = $derived(this.#finding?.offers.filter((o) => !o.recommended) ?? []);
  readonly chosen = $derived(
    this.#finding?.offers.find(({ key }) => key === this.#chosenKey) ?? null,
  );

  /** Start over with what was found, or with nothing. */
  offer(finding: Finding | null): void {
    this.#job.cancel();
    this.saving.cancel();
    this.exporting.cancel();
    this.#reuse.release();
    this.#finding = finding;
    this.#chosenKey = this.recommended[0]?.key ?? null;
    this.#state = { kind: "idle" };
  }

  /** Let go of predictions: their rows are no longer there. What was chosen stays chosen. */
  forget(): void {
    this.#job.cancel();
    this.saving.cancel();
    this.exporting.cancel();
    this.#state = { kind: "idle" };
  }

  choose(key: string): void {
    this.#chosenKey = key;
  }

  /** @param answersColumn - Index of the column that holds the answers of some rows; null if there is none. */
  async run(rows: number, answersColumn: number | null): Promise<void> {
    const { chosen: offer } = this;
    const query = this.#finding?.query;
    if (!offer || !query) return;
    await this.#predict("offers", {
      ...{ plan: ++this.#lastPlan, offer, island: query.island.space, rows, answersColumn },
      ...{ matches: matchesWithout(query.matches, answersColumn), filling: "lines" },
    });
  }

  /** Predict again with what the table lacks filled in in another way. */
  async fillIn(filling: Filling): Promise<void> {
    const { outcome } = this;
    if (!outcome || outcome.isFirstLook) return;
    await this.#predict("ways", { ...outcome.run, plan: ++this.#lastPlan, filling });
  }

  async #predict(origin: Origin, run: Run): Promise<void> {
    await this.#work(origin, "download", async ({ signal, onStep, onProgress, showFirst }) => {
      const show = (look: Reused) => showFirst(outcomeOf(run, look, true));
      const ports = {
        ...reusePorts(this.#reuse, this.#packages, this.#data, signal),
        ...{ onStep, firstLook: { nextPlan: () => ++this.#lastPlan, show } },
      };
      return outcomeOf(run, await finish(reuse(ports, run), onProgress), false);
    });
  }

  /** Predict again in another way than the one recommended. */
  async use(way: ReuserName): Promise<void> {
    const { outcome } = this;
    if (!outcome || outcome.isFirstLook) return;
    const { run } = outcome;
    await this.#work("ways", "predict", async ({ signal, onStep, onProgress }) => {
      const ports = { ...reusePorts(this.#reuse, this.#packages, this.#data, signal), onStep };
      const predict = () => ports.predictor.predict(run.plan, way, run.rows);
      const made = await finish(onPrepared(ports, run, predict), onProgress);
      return outcomeOf(run, { ...outcome, reuse: made }, false);
    });
  }

  /** Try once more what failed. */
  again(): Promise<void> {
    return this.#again();
  }

  cancel(): void {
    const before = this.#state.kind === "running" ? this.#state.before : this.outcome;
    this.#job.cancel();
    this.#rest(before);
  }

  /**
   * @param format - Null for that of the file.
   * @param fills - Index of the column whose empty cells alone are filled; null for columns beside.
   * @param onlyEmpty - Index of the column in which a row has to be empty to be written; null for all rows.
   * @param byHand - What the user said of some rows, for a column of its own.
   * @returns The table with predictions, or null when it could not be written (`saving` says why).
   */
  async write(
    format: WrittenFormat | null = null,
    fills: number | null = null,
    onlyEmpty: number | null = null,
    byHand: readonly AddedColumn[] = [],
  ): Promise<Blob | null> {
    const { outcome } = this;
    if (!outcome) return null;
    const { run, reuse } = outcome;
    const caution = cautionOf(run, reuse.way);
    const made = predictionColumns(reuse.predictions, caution && cautionInFiles(caution), fills);
    const columns = [...made, ...byHand];
    return this.saving.make((call) => this.#data.write(columns, format, onlyEmpty, call));
  }

  /** @returns What predicted, as a zip; null when it could not be written (`exporting` says why). */
  async writeModel(words: BundleWords): Promise<Blob | null> {
    const { outcome } = this;
    if (!outcome || outcome.isFirstLook) return null;
    const { run, reuse: made } = outcome;
    return this.exporting.make(({ signal, onProgress }) => {
      const ports = reusePorts(this.#reuse, this.#packages, this.#data, signal);
      const bundle = () => ports.bundle(run.plan, made.way, words);
      return finish(onPrepared(ports, run, bundle), onProgress);
    });
  }

  async #work(origin: Origin, first: Step, job: (stage: Stage) => Promise<Outcome>): Promise<void> {
    const before = this.#state.kind === "running" ? this.#state.before : this.outcome;
    const signal = this.#job.start();
    this.#again = () => this.#work(origin, first, job);
    this.exporting.cancel();
    let step = first;
    let firstLook: Outcome | null = null;
    const settle = (progress: Progress | null) => {
      if (!this.#job.isCurrent(signal)) return;
      this.#state = { kind: "running", origin, step, progress, before, firstLook };
    };
    settle(null);
    try {
      const outcome = await job({
        signal,
        onStep: (next) => {
          step = next;
          settle(null);
        },
        onProgress: settle,
        showFirst: (look) => {
          firstLook = look;
          settle(null);
          if (origin === "offers" && this.#job.isCurrent(signal)) this.#onPredicted();
        },
      });
      if (!this.#job.isCurrent(signal)) return;
      this.saving.cancel();
      const isNew = this.#state.kind === "running" && this.#state.firstLook === null;
      this.#state = { kind: "done", outcome };
      if (origin === "offers" && isNew) this.#onPredicted();
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      this.#job.cancel(); // Other downloads have nothing to add.
      const problem = problemOf(error);
      if (problem) this.#state = { kind: "failed", origin, problem, before };
      else this.#rest(before);
    }
  }

  #rest(outcome: Outcome | null): void {
    this.#state = outcome ? { kind: "done", outcome } : { kind: "idle" };
  }
}

function outcomeOf(run: Run, reused: Reused, isFirstLook: boolean): Outcome {
  const { reuse, leftOut } = reused;
  const summary = summarise(reuse.predictions);
  const score = reuse.preparation.ways.find(({ name }) => name === reuse.way)?.score ?? null;
  return { reuse, leftOut, run, offer: run.offer, summary, score, isFirstLook };
}
