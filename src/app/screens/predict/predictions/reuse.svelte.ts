import { AppError } from "../../../../contracts/outcome";
import type {
  BundleWords,
  LeftOut,
  Reuse,
  ReusePlan,
} from "../../../../contracts/workers/reuse-api";
import type { Filling } from "../../../../engine/kinds/table/fill/fill-in";
import type { FeatureMatch, Island } from "../../../../engine/kinds/table/space/island";
import type { Progress } from "../../../../engine/ground/progress";
import { predictionColumns } from "../../../../engine/reuse/predict/prediction-columns";
import type { ReuserName } from "../../../../engine/reuse/reuser";
import { matchesWithout } from "../../../../engine/kinds/table/rows/table-rows";
import type { Call, Packages, Predictor, TableKeeper } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import { fetchMembers } from "./fetch-members";
import type { Finding } from "../find/find.svelte";
import { LatestJob } from "../../../components/latest-job";
import type { Offer } from "../choose/offers";
import { Saving } from "./saving.svelte";
import { type PredictionSummary, summarise } from "./summary";

type Step = "download" | "prepare" | "predict";

/** What asked for predictions: the choice among offers, or among ways to reuse one. */
type Origin = "offers" | "ways";

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

/** What predictions are made with, and of. */
interface Run {
  readonly plan: number;
  readonly offer: Offer;
  readonly island: Island;
  readonly matches: readonly FeatureMatch[];
  readonly rows: number;
  readonly answersColumn: number | null;
  readonly filling: Filling;
}

export interface Outcome {
  readonly run: Run;
  readonly offer: Offer;
  readonly reuse: Reuse;
  readonly summary: PredictionSummary;
  /** Learnwares that could not be used, those among them that the dock does not have any more. */
  readonly leftOut: readonly LeftOut[];
  /** Only the first rows, made before the answers were looked at. */
  readonly isFirstLook: boolean;
}

/** Rows that a first look shows, and learnwares that it asks. */
const FIRST_ROWS = 100;
const FIRST_LEARNWARES = 5;
/** Tables for which there is one although no answers have to be looked at. */
const MANY_ROWS = 2000;

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
  readonly #reuse: Predictor;
  readonly #packages: Pick<Packages, "get">;
  readonly #data: Pick<TableKeeper, "writeCsv">;

  constructor(
    reuse: Predictor,
    packages: Pick<Packages, "get">,
    data: Pick<TableKeeper, "writeCsv">,
  ) {
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

  choose(key: string): void {
    this.#chosenKey = key;
  }

  /** @param answersColumn - Index of the column that holds the answers of some rows; null if there is none. */
  async run(rows: number, answersColumn: number | null): Promise<void> {
    const { chosen: offer } = this;
    const query = this.#finding?.query;
    if (!offer || !query) return;
    await this.#predict("offers", {
      ...{ plan: ++this.#lastPlan, offer, island: query.island, rows, answersColumn },
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
    const { offer, rows, answersColumn, filling } = run;
    await this.#work(origin, "download", async (show, call) => {
      const { plan, missing } = await this.#planOf(run, call("download"));
      const settle = (reuse: Reuse, isFirstLook: boolean): Outcome => ({
        ...{ run, offer, reuse, isFirstLook, summary: summarise(reuse.predictions) },
        leftOut: [...missing, ...reuse.preparation.leftOut],
      });
      show("prepare");
      if (filling === "lines" && (answersColumn !== null || rows > MANY_ROWS)) {
        const look = await this.#lookAtFirst(plan, call("prepare"));
        if (look) show("prepare", settle(look, true));
      }
      const { recommended } = await this.#reuse.prepare(plan, call("prepare"));
      show("predict");
      return settle(await this.#reuse.predict(plan.id, recommended, rows, call("predict")), false);
    });
  }

  /** Predict again in another way than the one recommended. */
  async use(way: ReuserName): Promise<void> {
    const { outcome } = this;
    if (!outcome || outcome.isFirstLook) return;
    const { run } = outcome;
    await this.#work("ways", "predict", async (show, call) => {
      const predict = () => this.#reuse.predict(run.plan, way, run.rows, call("predict"));
      const reuse = await this.#onPrepared(run, predict, (step) => {
        show(step);
        return call(step);
      });
      return { ...outcome, reuse, summary: summarise(reuse.predictions) };
    });
  }

  cancel(): void {
    const before = this.#state.kind === "running" ? this.#state.before : this.outcome;
    this.#job.cancel();
    this.#rest(before);
  }

  /** @returns The table with predictions, or null when it could not be written (`saving` says why). */
  async write(): Promise<Blob | null> {
    const { outcome } = this;
    if (!outcome) return null;
    const columns = predictionColumns(outcome.reuse.predictions);
    return this.saving.make((call) => this.#data.writeCsv(columns, call));
  }

  /** @returns What predicted, as a zip; null when it could not be written (`exporting` says why). */
  async writeModel(words: BundleWords): Promise<Blob | null> {
    const { outcome } = this;
    if (!outcome || outcome.isFirstLook) return null;
    const { run, reuse } = outcome;
    return this.exporting.make((call) => {
      const bundle = () => this.#reuse.bundle(run.plan, reuse.way, words, call);
      return this.#onPrepared(run, bundle, () => call);
    });
  }

  async #planOf(run: Run, call: Call): Promise<{ plan: ReusePlan; missing: readonly LeftOut[] }> {
    const { plan: id, offer, island, matches, rows, answersColumn, filling } = run;
    const { members, missing } = await fetchMembers(this.#packages, offer, call);
    const ways = offer.kind === "shortlist" ? "all" : "average";
    const plan = { id, island, matches, rows, members, answersColumn, filling, ways } as const;
    return { plan, missing };
  }

  /** Ask for something of what was prepared; where the worker has it no more, prepare it again first. */
  async #onPrepared<T>(run: Run, ask: () => Promise<T>, call: (step: Step) => Call): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError && error.code === "not_prepared")) throw error;
    }
    const { plan } = await this.#planOf(run, call("download"));
    await this.#reuse.prepare(plan, call("prepare"));
    call("predict");
    return ask();
  }

  /**
   * The first rows, in the way that is right without answers: the few nearest models answer soon. Null if they fail,
   * since the others may yet do.
   */
  async #lookAtFirst(plan: ReusePlan, call: Call): Promise<Reuse | null> {
    const members = plan.members.slice(0, FIRST_LEARNWARES);
    try {
      const look = { ...plan, id: ++this.#lastPlan, members, answersColumn: null };
      const { recommended } = await this.#reuse.prepare(look, call);
      const rows = Math.min(FIRST_ROWS, plan.rows);
      return await this.#reuse.predict(look.id, recommended, rows, call);
    } catch (error) {
      if (error instanceof AppError && error.code !== "aborted") return null;
      throw error;
    }
  }

  async #work(
    origin: Origin,
    first: Step,
    job: (
      show: (step: Step, firstLook?: Outcome) => void,
      call: (step: Step) => Call,
    ) => Promise<Outcome>,
  ): Promise<void> {
    const before = this.#state.kind === "running" ? this.#state.before : this.outcome;
    const signal = this.#job.start();
    this.exporting.cancel();
    let look: Outcome | null = null;
    const settle = (step: Step, progress: Progress | null) => {
      if (!this.#job.isCurrent(signal)) return;
      this.#state = { kind: "running", origin, step, progress, before, firstLook: look };
    };
    const show = (step: Step, firstLook?: Outcome) => {
      look = firstLook ?? look;
      settle(step, null);
    };
    show(first);
    try {
      const outcome = await job(show, (step) => ({
        signal,
        onProgress: (progress) => settle(step, progress),
      }));
      if (!this.#job.isCurrent(signal)) return;
      this.saving.cancel();
      this.#state = { kind: "done", outcome };
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      const problem = problemOf(error);
      if (problem) this.#state = { kind: "failed", origin, problem, before };
      else this.#rest(before);
    }
  }

  #rest(outcome: Outcome | null): void {
    this.#state = outcome ? { kind: "done", outcome } : { kind: "idle" };
  }
}
