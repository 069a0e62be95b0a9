import { mergeIslands, renameIsland, splitIsland } from "../../../../client/account/admin";
import type { IslandSummary, LearnwareCard } from "../../../../contracts/http/dock-api";
import { sameQuestion } from "../../../../engine/learnware/question";
import type { SignedIn } from "../../../account/signed-in.svelte";
import type { Clients } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";

/** Models of a kind of data, as many as were asked for. */
export interface Members {
  readonly cards: readonly Pick<LearnwareCard, "id" | "name" | "translations" | "description">[];
  /** Where the rest begins; null if these are all. */
  readonly next: string | null;
}

const PAGE = 100;

/** The kinds of data that the server has models for. */
export class Islands {
  #islands = $state.raw<readonly IslandSummary[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #signedIn: Pick<SignedIn, "as">;
  readonly #dock: Pick<Clients["dock"], "islands" | "search" | "searchNext">;

  constructor(
    signedIn: Pick<SignedIn, "as">,
    dock: Pick<Clients["dock"], "islands" | "search" | "searchNext">,
  ) {
    this.#signedIn = signedIn;
    this.#dock = dock;
  }

  /** Null until they are here; by name. */
  get islands(): readonly IslandSummary[] | null {
    return this.#islands;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      const islands = await this.#dock.islands();
      this.#islands = islands.toSorted((a, b) => a.name.localeCompare(b.name));
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  /** Those that ask the same of the same columns. */
  mergeable({ id, space, question }: IslandSummary): readonly IslandSummary[] {
    return (this.#islands ?? []).filter((other) => {
      if (other.id === id || other.space.id !== space.id) return false;
      if (question === null || other.question === null) return question === other.question;
      return sameQuestion(question, other.question);
    });
  }

  /** @param before - What was shown of them; null at first. */
  async members(id: string, before: Members | null): Promise<Members> {
    const page =
      typeof before?.next === "string"
        ? await this.#dock.searchNext({ cursor: before.next, limit: PAGE })
        : await this.#dock.search({ islandIds: [id], limit: PAGE, order: "name" });
    const cards = page.singles.map(({ learnware }) => learnware);
    return { cards: [...(before?.cards ?? []), ...cards], next: page.next };
  }

  async rename(id: string, name: string, description: string): Promise<void> {
    await this.#signedIn.as((at) => renameIsland(at, id, { name, description }));
    await this.load();
  }

  async merge(id: string, into: string): Promise<void> {
    await this.#signedIn.as((at) => mergeIslands(at, id, into));
    await this.load();
  }

  async split(
    from: string,
    asked: { readonly id: string; readonly name: string; readonly learnwareIds: readonly string[] },
  ): Promise<void> {
    await this.#signedIn.as((at) => splitIsland(at, from, asked));
    await this.load();
  }
}
