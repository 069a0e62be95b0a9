import type { IslandSketches, LearnwareCard } from "../../contracts/dock-api";
import { fromWire } from "../../contracts/wire-rkme";
import { searchLocally } from "../../client/sketch-search";
import type { Progress } from "../../engine/progress";
import type { CandidateSpec } from "../../engine/search/rank";
import type { Describer, Dock } from "../clients";
import { type Problem, problemOf } from "../problem";
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

/** How many of the dock's candidates are compared with every row, here. */
const CANDIDATES = 40;
/** Requests for specifications under way at once. */
const AT_ONCE = 6;

/** Describe the rows, show what leaves, ask the dock, and rank its candidates on this machine. */
export class FindModel {
  #state = $state.raw<FindState>({ kind: "idle", outdated: false });
  readonly #job = new LatestJob();
  readonly #spec: Describer;
  readonly #dock: Pick<Dock, "search" | "specification">;
  readonly #onChange: (finding: Finding | null) => void;

  constructor(
    spec: Describer,
    dock: Pick<Dock, "search" | "specification">,
    onChange: (finding: Finding | null) => void,
  ) {
    this.#spec = spec;
    this.#dock = dock;
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
      const description = await this.#spec.describe(query.island, query.matches, {
        signal,
        onProgress: (progress) => this.#settle(signal, { kind: "describing", progress }),
      });
      const departure = departureOf(query.island, description);
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
      const answer = await this.#dock.search(departure.request, { signal });
      const cards = answer.singles
        .map(({ learnware }) => learnware)
        .filter(({ target }) => query.target === null || target === query.target)
        .slice(0, CANDIDATES);
      const compare = (progress: Progress) =>
        this.#settle(signal, { kind: "searching", step: "compare", progress, departure });
      const candidates = await this.#specifications(cards, signal, compare);
      if (!this.#job.isCurrent(signal)) return;
      const ranking = await this.#spec.rank(candidates, { signal, onProgress: compare });
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

  /** Forget what was found for another mapping. */
  reset(): void {
    if (this.#state.kind === "idle") return;
    this.#job.cancel();
    this.#state = { kind: "idle", outdated: true };
    this.#onChange(null);
  }

  async #specifications(
    cards: readonly LearnwareCard[],
    signal: AbortSignal,
    report: (progress: Progress) => void,
  ): Promise<CandidateSpec[]> {
    const found: CandidateSpec[] = [];
    const waiting = [...cards.entries()];
    const fetchNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        const [index, card] = next;
        const { id, rkme, radiusSquared } = await this.#dock.specification(card.id, { signal });
        found[index] = { id, rkme: fromWire(rkme), radiusSquared };
        report({ stage: "download", done: cards.length - waiting.length, total: cards.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
    return found;
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

function departureOf(island: Island, description: Description): Departure {
  const request: SearchRequest = {
    islandId: island.id,
    islandVersion: island.version,
    requirement: { kind: "reduced", specification: toWire(description.rkme) },
    limit: 100,
  };
  const json = JSON.stringify(request);
  const bytes = new TextEncoder().encode(json).length;
  return { request, json, bytes, description, sent: false };
}
