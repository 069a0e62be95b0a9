import type { Searcher } from "../../../../client/dock/sketch-search";
import { AppError } from "../../../../contracts/outcome";
import type { Island } from "../../../../engine/kinds/table/space/island";
import type { Progress } from "../../../../engine/ground/progress";
import type { Call, Describer, Dock } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import { askDock, type Candidates, searchHere } from "./candidates";
import { type Payload, preparePayload, type Query } from "./payload";
import { LatestJob } from "../../../components/latest-job";
import { type Offer, offersFrom } from "../choose/offers";
import type { Spender } from "./privacy-budget.svelte";

export interface Finding {
  readonly query: Query;
  readonly offers: readonly Offer[];
}

export type FindState =
  /** `outdated`: something was found, but then an earlier step changed. */
  | { readonly kind: "idle"; readonly outdated: boolean }
  | { readonly kind: "describing"; readonly progress: Progress | null }
  | { readonly kind: "review"; readonly query: Query; readonly payload: Payload }
  | {
      readonly kind: "searching";
      readonly step: "ask" | "compare";
      readonly progress: Progress | null;
      readonly payload: Payload;
    }
  | { readonly kind: "found"; readonly payload: Payload; readonly finding: Finding }
  | { readonly kind: "failed"; readonly problem: Problem; readonly payload: Payload | null };

interface FindParts {
  readonly spec: Describer;
  readonly dock: Pick<Dock, "search" | "sketches" | "learnware" | "specification">;
  readonly searcher: Pick<Searcher, "scan">;
  readonly budget: Spender;
  /** Reads an island again. */
  readonly refresh: (islandId: string, call: Call) => Promise<Island>;
  readonly onChange: (finding: Finding | null) => void;
}

/** Describe the rows, show what leaves, ask the dock or search here, and rank the candidates on this machine. */
export class FindStep {
  #state = $state.raw<FindState>({ kind: "idle", outdated: false });
  #islandChanged = $state(false);
  #lookFirst = false;
  readonly #job = new LatestJob();
  readonly #parts: FindParts;

  constructor(parts: FindParts) {
    this.#parts = parts;
  }

  get state(): FindState {
    return this.#state;
  }

  get payload(): Payload | null {
    const state = this.#state;
    return state.kind === "idle" || state.kind === "describing" ? null : state.payload;
  }

  get isBusy(): boolean {
    return this.#state.kind === "describing" || this.#state.kind === "searching";
  }

  /** Whether the rows were described a second time, because the dock had moved their island to another scale. */
  get islandChanged(): boolean {
    return this.#islandChanged;
  }

  /** @param lookFirst - Stop before anything is sent, until `send`. */
  async find(query: Query, lookFirst: boolean): Promise<void> {
    const signal = this.#job.start();
    this.#parts.onChange(null);
    this.#islandChanged = false;
    this.#lookFirst = lookFirst;
    await this.#describe(query, lookFirst, signal);
  }

  /** Send what is under review. */
  async send(): Promise<void> {
    if (this.#state.kind !== "review") return;
    const { query } = this.#state;
    const payload = { ...this.#state.payload, sent: true };
    const signal = this.#job.start();
    this.#state = { kind: "searching", step: "ask", progress: null, payload };
    try {
      const compare = (progress: Progress) =>
        this.#settle(signal, { kind: "searching", step: "compare", progress, payload });
      const call = { signal, onProgress: compare };
      const { cards, specifications, covers } = await this.#candidates(query, payload, call);
      if (!this.#job.isCurrent(signal)) return;
      const ranking = await this.#parts.spec.rank(specifications, call);
      if (!this.#job.isCurrent(signal)) return;
      const finding = { query, offers: offersFrom(ranking, cards, specifications, covers) };
      this.#state = { kind: "found", payload, finding };
      this.#parts.onChange(finding);
    } catch (error) {
      const isStale = error instanceof AppError && error.code === "stale_island";
      if (isStale && !this.#islandChanged) await this.#startAgain(query, payload, signal);
      else this.#fail(signal, error, payload);
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
    this.#parts.onChange(null);
  }

  async #describe(query: Query, lookFirst: boolean, signal: AbortSignal): Promise<void> {
    this.#settle(signal, { kind: "describing", progress: null });
    try {
      const payload = await preparePayload(this.#parts.spec, query, {
        signal,
        onProgress: (progress) => this.#settle(signal, { kind: "describing", progress }),
      });
      this.#settle(signal, { kind: "review", query, payload });
      if (!lookFirst && this.#job.isCurrent(signal)) await this.send();
    } catch (error) {
      this.#fail(signal, error, null);
    }
  }

  /** With the island as it is now. What costs protection again is not sent again unasked. */
  async #startAgain(query: Query, payload: Payload, signal: AbortSignal): Promise<void> {
    try {
      const island = await this.#parts.refresh(query.island.id, { signal });
      if (!this.#job.isCurrent(signal)) return;
      this.#islandChanged = true;
      const lookFirst = this.#lookFirst || payload.level === "private";
      await this.#describe({ ...query, island }, lookFirst, signal);
    } catch (error) {
      this.#fail(signal, error, payload);
    }
  }

  async #candidates(query: Query, payload: Payload, call: Call): Promise<Candidates> {
    const { dock, searcher, budget } = this.#parts;
    if (payload.level === "nothing") {
      return searchHere(dock, searcher, payload.sketch, query, call);
    }
    // Counted first: whether or not an answer comes, the request may have been read.
    if (payload.level === "private") {
      await budget.spend(payload.epsilon, payload.delta);
    }
    return askDock(dock, payload.request, query, call);
  }

  #settle(signal: AbortSignal, next: FindState): void {
    if (this.#job.isCurrent(signal)) this.#state = next;
  }

  #fail(signal: AbortSignal, error: unknown, payload: Payload | null): void {
    const problem = problemOf(error);
    this.#settle(
      signal,
      problem ? { kind: "failed", problem, payload } : { kind: "idle", outdated: false },
    );
  }
}
