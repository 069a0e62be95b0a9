import type { LearnwareCard, SearchResponse } from "../../../contracts/http/dock-api";
import type { Clients, Dock } from "../../clients";
import { LatestJob } from "../../components/latest-job";
import { type Problem, problemOf } from "../../problem";
import type { Quay } from "../../shell/quay.svelte";
import { type Asked, nothingAsked, requestOf } from "./address";

type Facets = NonNullable<SearchResponse["facets"]>;

type BrowseState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly problem: Problem };

const PAGE = 30;

/** The dock's models, by what is asked for in the address. */
export class Browsing {
  #state = $state.raw<BrowseState>({ kind: "loading" });
  #asked = $state.raw<Asked>(nothingAsked);
  #cards = $state.raw<readonly LearnwareCard[]>([]);
  #facets = $state.raw<Facets | null>(null);
  #islands = $state.raw<Readonly<Record<string, string>>>({});
  #next = $state.raw<string | null>(null);
  /** Parts of the text that find something by themselves, where the whole does not. */
  #parts = $state.raw<readonly string[]>([]);
  readonly #job = new LatestJob();
  readonly #dock: Pick<Dock, "search" | "searchNext" | "islands" | "sendsRequests">;
  readonly #quay: Pick<Quay, "depart">;
  #hasIslands = false;
  #shown: string | null = null;

  constructor({ dock }: Pick<Clients, "dock">, quay: Pick<Quay, "depart">) {
    this.#dock = dock;
    this.#quay = quay;
  }

  get sendsRequests(): boolean {
    return this.#dock.sendsRequests;
  }

  get state(): BrowseState {
    return this.#state;
  }

  get asked(): Asked {
    return this.#asked;
  }

  /** What was found so far, also while more is fetched. */
  get cards(): readonly LearnwareCard[] {
    return this.#cards;
  }

  /** As they were counted last. */
  get facets(): Facets | null {
    return this.#facets;
  }

  /** Names of kinds of data, by id. */
  get islands(): Readonly<Record<string, string>> {
    return this.#islands;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get parts(): readonly string[] {
    return this.#parts;
  }

  /** Shows what is asked for; nothing is fetched again where it is the same. */
  async show(asked: Asked): Promise<void> {
    const request = { ...requestOf(asked), limit: PAGE };
    const key = JSON.stringify(request);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#asked = asked;
    const signal = this.#job.start();
    this.#state = { kind: "loading" };
    try {
      if (asked.text.trim() !== "" && this.sendsRequests) this.#quay.depart("words", key);
      const [page, islands] = await Promise.all([
        this.#dock.search(request, { signal }),
        this.#hasIslands ? null : this.#dock.islands({ signal }),
      ]);
      if (!this.#job.isCurrent(signal)) return;
      if (islands) this.#islands = Object.fromEntries(islands.map(({ id, name }) => [id, name]));
      this.#hasIslands = true;
      const cards = page.singles.map(({ learnware }) => learnware);
      this.#parts = cards.length > 0 ? [] : await partsOf(asked.text);
      if (!this.#job.isCurrent(signal)) return;
      this.#cards = cards;
      this.#facets = page.facets;
      this.#next = page.next;
      this.#state = { kind: "ready" };
    } catch (error) {
      this.#fail(error, signal);
    }
  }

  async more(): Promise<void> {
    const cursor = this.#next;
    if (cursor === null || this.#state.kind === "loading") return;
    const signal = this.#job.start();
    this.#state = { kind: "loading" };
    try {
      const page = await this.#dock.searchNext({ cursor, limit: PAGE }, { signal });
      if (!this.#job.isCurrent(signal)) return;
      this.#cards = [...this.#cards, ...page.singles.map(({ learnware }) => learnware)];
      this.#next = page.next;
      this.#state = { kind: "ready" };
    } catch (error) {
      this.#fail(error, signal);
    }
  }

  /** Ask again for what could not be fetched. */
  async retry(): Promise<void> {
    this.#shown = null;
    await this.show(this.#asked);
  }

  #fail(error: unknown, signal: AbortSignal): void {
    if (!this.#job.isCurrent(signal)) return;
    const problem = problemOf(error);
    this.#shown = null;
    this.#state = problem ? { kind: "failed", problem } : { kind: "ready" };
  }
}

/** Of a text with several things in it, each by itself. */
async function partsOf(text: string): Promise<readonly string[]> {
  if (text.trim() === "") return [];
  const { termsOf } = await import("../../../engine/search/words/terms");
  const parts = [...new Set(termsOf(text).map((term) => term.text))];
  return parts.length > 1 ? parts.slice(0, 4) : [];
}
