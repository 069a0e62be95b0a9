import { AppError } from "../../../../contracts/outcome";
import type { IslandSummary } from "../../../../contracts/http/dock-api";
import type { Embedded } from "../../../../contracts/workers/embedded";
import { finish } from "../../../../engine/ground/finish";
import type { Progress } from "../../../../engine/ground/progress";
import type { Finding } from "../../../../workflows/find/find";
import type { Payload, Query } from "../../../../workflows/find/payload";
import type { Call } from "../../../clients";
import { isPlainAverage } from "../../../../workflows/find/privacy";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";
import { type FindClients, findPorts } from "./find-ports";
import type { Spender } from "./privacy-budget.svelte";

export type FindState =
  /** `outdated`: something was found, but then an earlier step changed. */
  | { readonly kind: "idle"; readonly outdated: boolean }
  | { readonly kind: "describing"; readonly progress: Progress | null }
  | { readonly kind: "review"; readonly payload: Payload }
  | {
      readonly kind: "searching";
      readonly step: "ask" | "compare";
      readonly progress: Progress | null;
      readonly payload: Payload;
    }
  | { readonly kind: "found"; readonly payload: Payload; readonly finding: Finding }
  | { readonly kind: "failed"; readonly problem: Problem; readonly payload: Payload | null };

interface FindParts extends FindClients {
  readonly budget: Spender;
  /** Reads an island again. */
  readonly refresh: (islandId: string, call: Call) => Promise<IslandSummary>;
  readonly onChange: (finding: Finding | null) => void;
  /** Called with what is about to leave. */
  readonly onSend: (payload: Payload) => void;
}

/** The search as the page shows it: it can be stopped, and looked at before anything is sent. */
export class FindStep {
  #state = $state.raw<FindState>({ kind: "idle", outdated: false });
  #islandChanged = $state(false);
  #embedded = $state.raw<Embedded | null>(null);
  readonly #job = new LatestJob();
  readonly #parts: FindParts;
  /** The search that is under way, and what lets it go on when it waits to be looked at. */
  #running: Promise<void> = Promise.resolve();
  #goOn = (): void => undefined;
  #onReview = (): void => undefined;

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

  /** What is told of texts or pictures that were described; null of a table. */
  get embedded(): Embedded | null {
    return this.#embedded;
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
    this.#embedded = null;
    await this.#untilReview(() => {
      this.#running = this.#run(query, lookFirst, signal);
    });
  }

  /** Send what is under review. */
  async send(): Promise<void> {
    if (this.#state.kind === "review") await this.#untilReview(this.#goOn);
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

  /** What was compared are the rows of another file; what was chosen among it stays chosen. */
  outdate(): void {
    this.#job.cancel();
    this.#state = { kind: "idle", outdated: true };
  }

  /** Until the search is done, or waits to be looked at. */
  async #untilReview(begin: () => void): Promise<void> {
    const waits = new Promise<void>((done) => (this.#onReview = done));
    begin();
    await Promise.race([waits, this.#running]);
  }

  async #run(query: Query, lookFirst: boolean, signal: AbortSignal): Promise<void> {
    const settle = (next: FindState) => {
      if (this.#job.isCurrent(signal)) this.#state = next;
    };
    let sent: Payload | null = null;
    const { dock, ...ports } = findPorts(this.#parts, signal, (embedded) => {
      if (this.#job.isCurrent(signal)) this.#embedded = embedded;
    });
    const island = async (id: string) => {
      const moved = await this.#parts.refresh(id, { signal });
      if (!this.#job.isCurrent(signal)) throw new AppError("aborted", "another search began");
      this.#islandChanged = true;
      sent = null;
      settle({ kind: "describing", progress: null });
      return moved;
    };
    const review = async (payload: Payload, costsAgain: boolean) => {
      settle({ kind: "review", payload });
      const isPlain = payload.level === "reduced" && isPlainAverage(payload.description);
      if (lookFirst || costsAgain || isPlain) await this.#looked(signal);
      sent = { ...payload, sent: true };
      this.#parts.onSend(sent);
      settle({ kind: "searching", step: "ask", progress: null, payload: sent });
    };
    const { budget } = this.#parts;
    const spend = (epsilon: number, delta: number) => budget.spend(epsilon, delta);
    settle({ kind: "describing", progress: null });
    try {
      const find = await loadFind();
      const search = find({ ...ports, dock: { ...dock, island }, review, spend }, query);
      const finding = await finish(search, (progress) => {
        settle(
          sent
            ? { kind: "searching", step: "compare", progress, payload: sent }
            : { kind: "describing", progress },
        );
      });
      if (!this.#job.isCurrent(signal)) return;
      this.#state = { kind: "found", payload: finding.payload, finding };
      this.#parts.onChange(finding);
    } catch (error) {
      const problem = problemOf(error);
      settle(
        problem ? { kind: "failed", problem, payload: sent } : { kind: "idle", outdated: false },
      );
      if (this.#job.isCurrent(signal)) this.#job.cancel(); // Other answers have nothing to add.
    }
  }

  /** Until the user has looked. */
  #looked(signal: AbortSignal): Promise<void> {
    return new Promise((done, fail) => {
      const stop = () => fail(new AppError("aborted", "nothing was sent"));
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop, { once: true });
      this.#goOn = done;
      this.#onReview();
    });
  }
}

/** What a search is made of comes with the first one: whoever only looks at the page does not wait for it. */
async function loadFind() {
  try {
    return (await import("../../../../workflows/find/find")).find;
  } catch (cause) {
    throw new AppError("network_failed", "what a search is made of did not load", {}, { cause });
  }
}
