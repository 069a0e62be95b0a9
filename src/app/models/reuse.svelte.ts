import type { Predictions, ReuseMember } from "../../contracts/reuse-api";
import type { Progress } from "../../engine/progress";
import type { Packages, Predictor, TableKeeper } from "../clients";
import { type Problem, problemOf } from "../problem";
import type { Finding } from "./find.svelte";
import { LatestJob } from "./latest-job";
import type { Offer } from "./offers";
import { predictionColumns } from "./prediction-columns";
import { type PredictionSummary, summarise } from "./summary";

export type ReuseState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly step: "download" | "predict";
      readonly progress: Progress | null;
      readonly before: Outcome | null;
    }
  | { readonly kind: "done"; readonly outcome: Outcome }
  | { readonly kind: "failed"; readonly problem: Problem; readonly before: Outcome | null };

export interface Outcome {
  readonly offer: Offer;
  readonly predictions: Predictions;
  readonly summary: PredictionSummary;
}

export type SaveState =
  | { readonly kind: "idle" }
  | { readonly kind: "writing"; readonly progress: Progress | null }
  | { readonly kind: "saved" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** The choice among the offers, running it, and writing its predictions beside the user's columns. */
export class ReuseModel {
  #state = $state.raw<ReuseState>({ kind: "idle" });
  #saving = $state.raw<SaveState>({ kind: "idle" });
  #finding = $state.raw<Finding | null>(null);
  #chosenKey = $state<string | null>(null);
  readonly #job = new LatestJob();
  readonly #saveJob = new LatestJob();
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

  get saving(): SaveState {
    return this.#saving;
  }

  /** The last predictions made for this finding; a failed or stopped run does not take them away. */
  get outcome(): Outcome | null {
    const state = this.#state;
    if (state.kind === "done") return state.outcome;
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
    this.#saveJob.cancel();
    this.#finding = finding;
    this.#chosenKey = this.recommended[0]?.key ?? null;
    this.#state = { kind: "idle" };
    this.#saving = { kind: "idle" };
  }

  choose(key: string): void {
    this.#chosenKey = key;
  }

  async run(rows: number): Promise<void> {
    const { chosen: offer } = this;
    const query = this.#finding?.query;
    if (!offer || !query) return;
    const before = this.outcome;
    const signal = this.#job.start();
    const show = (step: "download" | "predict") => (progress: Progress | null) =>
      this.#settle(signal, { kind: "running", step, progress, before });
    show("download")(null);
    try {
      const members = await this.#fetch(offer, signal, show("download"));
      show("predict")(null);
      const { island, matches } = query;
      const plan = { island, matches, rows, members };
      const call = { signal, onProgress: show("predict") };
      const predictions = await this.#reuse.predict(plan, call);
      if (!this.#job.isCurrent(signal)) return;
      this.#saving = { kind: "idle" };
      this.#state = {
        kind: "done",
        outcome: { offer, predictions, summary: summarise(predictions) },
      };
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      const problem = problemOf(error);
      if (problem) this.#state = { kind: "failed", problem, before };
      else this.#rest(before);
    }
  }

  cancel(): void {
    const { outcome } = this;
    this.#job.cancel();
    this.#rest(outcome);
  }

  /** @returns The table with predictions, or null when it could not be written (`saving` says why). */
  async write(columnNames: readonly string[]): Promise<Blob | null> {
    const { outcome } = this;
    if (!outcome) return null;
    const signal = this.#saveJob.start();
    const settle = (next: SaveState) => {
      if (this.#saveJob.isCurrent(signal)) this.#saving = next;
    };
    settle({ kind: "writing", progress: null });
    try {
      const columns = predictionColumns(outcome.predictions, columnNames);
      const blob = await this.#data.writeCsv(columns, {
        signal,
        onProgress: (progress) => settle({ kind: "writing", progress }),
      });
      if (!this.#saveJob.isCurrent(signal)) return null;
      settle({ kind: "saved" });
      return blob;
    } catch (error) {
      const problem = problemOf(error);
      settle(problem ? { kind: "failed", problem } : { kind: "idle" });
      return null;
    }
  }

  cancelWrite(): void {
    this.#saveJob.cancel();
    this.#saving = { kind: "idle" };
  }

  async #fetch(
    offer: Offer,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<ReuseMember[]> {
    const total = offer.members.reduce((sum, { card }) => sum + card.sizeBytes, 0);
    const members: ReuseMember[] = [];
    let fetched = 0;
    for (const { card, weight } of offer.members) {
      const soFar = fetched;
      const zip = await this.#packages.get(card, {
        signal,
        onProgress: ({ done }) =>
          onProgress({ stage: "download", done: Math.min(total, soFar + done), total }),
      });
      signal.throwIfAborted();
      fetched += card.sizeBytes;
      onProgress({ stage: "download", done: fetched, total });
      members.push({ id: card.id, zip, weight });
    }
    return members;
  }

  #rest(outcome: Outcome | null): void {
    this.#state = outcome ? { kind: "done", outcome } : { kind: "idle" };
  }

  #settle(signal: AbortSignal, next: ReuseState): void {
    if (this.#job.isCurrent(signal)) this.#state = next;
  }
}
