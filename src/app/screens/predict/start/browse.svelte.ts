import type { LearnwareCard, SearchPage } from "../../../../contracts/http/dock-api";
import type { Call, Dock } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import { coversOf, marksOf } from "../../../../workflows/find/covers";
import { LatestJob } from "../../../components/latest-job";
import { narrowingOf, type Filter } from "../../../../workflows/find/filter";

interface Listing {
  readonly card: LearnwareCard;
  /** The learnware that this one is nearly the same as. */
  readonly coveredBy: LearnwareCard | null;
}

export type BrowseState =
  | { readonly kind: "idle" }
  | { readonly kind: "loading" }
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** Asks for a page, to be put after what is listed before it. */
type Ask = (
  signal: AbortSignal,
) => Promise<{ readonly before: readonly Listing[]; readonly page: SearchPage }>;

type BrowseDock = Pick<Dock, "search" | "searchNext" | "learnware">;

const PAGE = 20;

/** The dock's learnwares by what they say of themselves, without any data. */
export class Browsing {
  #state = $state.raw<BrowseState>({ kind: "idle" });
  #listed = $state.raw<readonly Listing[]>([]);
  /** Where the list goes on; null: it is at its end. */
  #next = $state<string | null>(null);
  #last: Ask | null = null;
  readonly #job = new LatestJob();
  readonly #dock: BrowseDock;

  constructor(dock: BrowseDock) {
    this.#dock = dock;
  }

  get state(): BrowseState {
    return this.#state;
  }

  /** What was found so far, also while more is fetched. */
  get listed(): readonly Listing[] {
    return this.#listed;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  async search(filter: Filter): Promise<void> {
    await this.#load(async (signal) => {
      const request = { ...narrowingOf(filter), limit: PAGE };
      return { before: [], page: await this.#dock.search(request, { signal }) };
    });
  }

  async more(): Promise<void> {
    const cursor = this.#next;
    if (cursor === null) return;
    await this.#load(async (signal) => {
      const page = await this.#dock.searchNext({ cursor, limit: PAGE }, { signal });
      return { before: this.#listed, page };
    });
  }

  /** Ask again for what could not be fetched. */
  async retry(): Promise<void> {
    if (this.#last) await this.#load(this.#last);
  }

  async #load(ask: Ask): Promise<void> {
    const signal = this.#job.start();
    this.#last = ask;
    this.#state = { kind: "loading" };
    try {
      const { before, page } = await ask(signal);
      const listed = await this.#withCovers(page, { signal });
      if (!this.#job.isCurrent(signal)) return;
      this.#listed = [...before, ...listed];
      this.#next = page.next;
      this.#state = { kind: "ready" };
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      const problem = problemOf(error);
      this.#state = problem ? { kind: "failed", problem } : { kind: "idle" };
    }
  }
  async #withCovers({ singles }: SearchPage, stop: Call): Promise<Listing[]> {
    const cards = singles.map(({ learnware }) => learnware);
    const covers = await coversOf(
      { learnware: (id) => this.#dock.learnware(id, stop) },
      cards,
      marksOf(singles),
    );
    return cards.map((card) => ({ card, coveredBy: covers.get(card.id) ?? null }));
  }
}
