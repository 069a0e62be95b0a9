import { removeLearnware } from "../../../../client/account/submissions";
import type { LearnwareCard } from "../../../../contracts/http/dock-api";
import type { SignedIn } from "../../../account/signed-in.svelte";
import type { Clients } from "../../../clients";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";
import type { Quay } from "../../../shell/quay.svelte";

const PAGE = 50;

/** The models that are in the server, found as anybody finds them. */
export class Models {
  #cards = $state.raw<readonly LearnwareCard[] | null>(null);
  #total = $state(0);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #job = new LatestJob();
  readonly #signedIn: Pick<SignedIn, "as">;
  readonly #dock: Pick<Clients["dock"], "search" | "searchNext">;
  readonly #quay: Pick<Quay, "depart">;

  constructor(
    signedIn: Pick<SignedIn, "as">,
    dock: Pick<Clients["dock"], "search" | "searchNext">,
    quay: Pick<Quay, "depart">,
  ) {
    this.#signedIn = signedIn;
    this.#dock = dock;
    this.#quay = quay;
  }

  /** Null until they are here. */
  get cards(): readonly LearnwareCard[] | null {
    return this.#cards;
  }

  get total(): number {
    return this.#total;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async search(text: string): Promise<void> {
    const words = text.trim();
    const request = {
      ...(words !== "" && { filter: { text: words } }),
      ...({ limit: PAGE, facets: true, order: words === "" ? "name" : "best" } as const),
    };
    if (words !== "") this.#quay.depart("words", JSON.stringify(request));
    await this.#read(async (signal) => {
      const { singles, next, facets } = await this.#dock.search(request, { signal });
      return { singles, next, total: facets?.total ?? singles.length, before: [] };
    });
  }

  async more(): Promise<void> {
    const cursor = this.#next;
    if (cursor === null) return;
    await this.#read(async (signal) => {
      const found = await this.#dock.searchNext({ cursor, limit: PAGE }, { signal });
      return { ...found, total: this.#total, before: this.#cards ?? [] };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#signedIn.as((at) => removeLearnware(at, id));
    this.#cards = (this.#cards ?? []).filter((card) => card.id !== id);
    this.#total--;
  }

  async #read(
    find: (signal: AbortSignal) => Promise<{
      readonly singles: readonly { readonly learnware: LearnwareCard }[];
      readonly next: string | null;
      readonly total: number;
      readonly before: readonly LearnwareCard[];
    }>,
  ): Promise<void> {
    const signal = this.#job.start();
    this.#problem = null;
    try {
      const { singles, next, total, before } = await find(signal);
      if (!this.#job.isCurrent(signal)) return;
      this.#cards = [...before, ...singles.map(({ learnware }) => learnware)];
      this.#next = next;
      this.#total = total;
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#problem = problemOf(error);
    }
  }
}
