import type { Searcher } from "../../client/sketch-search";
import type { Progress } from "../../engine/progress";
import type { Call, Describer, Dock } from "../clients";
import { type Problem, problemOf } from "../problem";
import { askDock, type Candidates, searchHere } from "./candidates";
import { type Departure, prepareDeparture, type Query } from "./departure";
import { LatestJob } from "./latest-job";
import { type Offer, offersFrom } from "./offers";
import type { Spender } from "./privacy-budget.svelte";

export interface Finding {
  readonly query: Query;
  readonly offers: readonly Offer[];
}

export type FindState =
  /** `outdated`: something was found, but then an earlier step changed. */
  | { readonly kind: "idle"; readonly outdated: boolean }
  | { readonly kind: "describing"; readonly progress: Progress | null }
  | { readonly kind: "review"; readonly query: Query; readonly departure: Departure }
  | {
      readonly kind: "searching";
      readonly step: "ask" | "compare";
      readonly progress: Progress | null;
      readonly departure: Departure;
    }
  | { readonly kind: "found"; readonly departure: Departure; readonly finding: Finding }
  | { readonly kind: "failed"; readonly problem: Problem; readonly departure: Departure | null };

type FindDock = Pick<Dock, "search" | "sketches" | "learnware" | "specification">;

/** Describe the rows, show what leaves, ask the dock or search here, and rank the candidates on this machine. */
export class FindModel {
  #state = $state.raw<FindState>({ kind: "idle", outdated: false });
  readonly #job = new LatestJob();
  readonly #spec: Describer;
  readonly #dock: FindDock;
  readonly #searcher: Pick<Searcher, "scan">;
  readonly #budget: Spender;
  readonly #onChange: (finding: Finding | null) => void;

  constructor(
    spec: Describer,
    dock: FindDock,
    searcher: Pick<Searcher, "scan">,
    budget: Spender,
    onChange: (finding: Finding | null) => void,
  ) {
    this.#spec = spec;
    this.#dock = dock;
    this.#searcher = searcher;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  get state(): FindState {
    return this.#state;
  }

  get departure(): Departure | null {
    const state = this.#state;
    return state.kind === "idle" || state.kind === "describing" ? null : state.departure;
  }

  get isBusy(): boolean {
    return this.#state.kind === "describing" || this.#state.kind === "searching";
  }

  /** @param lookFirst - Stop before anything is sent, until `send`. */
  async find(query: Query, lookFirst: boolean): Promise<void> {
    const signal = this.#job.start();
    this.#onChange(null);
    this.#state = { kind: "describing", progress: null };
    try {
      const departure = await prepareDeparture(this.#spec, query, {
        signal,
        onProgress: (progress) => this.#settle(signal, { kind: "describing", progress }),
      });
      this.#settle(signal, { kind: "review", query, departure });
      if (!lookFirst && this.#job.isCurrent(signal)) await this.send();
    } catch (error) {
      this.#fail(signal, error, null);
    }
  }

  /** Send what is under review. */
  async send(): Promise<void> {
    if (this.#state.kind !== "review") return;
    const { query } = this.#state;
    const departure = { ...this.#state.departure, sent: true };
    const signal = this.#job.start();
    this.#state = { kind: "searching", step: "ask", progress: null, departure };
    try {
      const compare = (progress: Progress) =>
        this.#settle(signal, { kind: "searching", step: "compare", progress, departure });
      const call = { signal, onProgress: compare };
      const { cards, specifications } = await this.#candidates(query, departure, call);
      if (!this.#job.isCurrent(signal)) return;
      const ranking = await this.#spec.rank(specifications, call);
      if (!this.#job.isCurrent(signal)) return;
      const finding = { query, offers: offersFrom(ranking, cards) };
      this.#state = { kind: "found", departure, finding };
      this.#onChange(finding);
    } catch (error) {
      this.#fail(signal, error, departure);
    }
  }

  cancel(): void {
    this.#job.cancel();
    this.#state = { kind: "idle", outdated: false };
  }

  /** Take back what waits to be sent: it was made for another choice. */
  withdraw(): void {
    if (this.#state.kind === "review" || this.#state.kind === "describing") this.cancel();
  }

  /** Forget what was found for another mapping. */
  reset(): void {
    if (this.#state.kind === "idle") return;
    this.#job.cancel();
    this.#state = { kind: "idle", outdated: true };
    this.#onChange(null);
  }

  async #candidates(query: Query, departure: Departure, call: Call): Promise<Candidates> {
    if (departure.level === "nothing") {
      return searchHere(this.#dock, this.#searcher, departure.sketch, query, call);
    }
    // Counted first: whether or not an answer comes, the request may have been read.
    if (departure.level === "private") {
      await this.#budget.spend(departure.epsilon, departure.delta);
    }
    return askDock(this.#dock, departure.request, query, call);
  }

  #settle(signal: AbortSignal, next: FindState): void {
    if (this.#job.isCurrent(signal)) this.#state = next;
  }

  #fail(signal: AbortSignal, error: unknown, departure: Departure | null): void {
    const problem = problemOf(error);
    this.#settle(
      signal,
      problem ? { kind: "failed", problem, departure } : { kind: "idle", outdated: false },
    );
  }
}
