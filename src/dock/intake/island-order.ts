import type { IslandSummary } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { type Question, sameQuestion } from "../../engine/learnware/question";
import type { LearnwareStore } from "../storage/learnware-store";

interface IslandOrderParts {
  readonly store: LearnwareStore;
  /** Told which island's learnwares changed. */
  readonly onChange: (islandId: string) => Promise<void>;
}

type Renamed = Pick<IslandSummary, "id" | "name" | "description" | "question" | "learnwareCount">;

/** Renames islands, and moves learnwares between those that answer the same question in the same space. */
export class IslandOrder {
  readonly #store: LearnwareStore;
  readonly #onChange: (islandId: string) => Promise<void>;

  constructor({ store, onChange }: IslandOrderParts) {
    this.#store = store;
    this.#onChange = onChange;
  }

  /** @throws AppError `not_found` if there is no such island. */
  async rename(
    id: string,
    change: { readonly name?: string | undefined; readonly description?: string | undefined },
  ): Promise<Renamed> {
    const { name, description, question, space } = await this.#find(id);
    const renamed = {
      name: change.name ?? name,
      description: change.description ?? description,
    };
    await this.#store.putIsland({ id, question, ...renamed }, space.id);
    return this.#shown(id);
  }

  /** @throws AppError `not_found`; `bad_input` if the two do not ask the same of the same. */
  async merge(id: string, into: string): Promise<Renamed> {
    const [from, to] = [await this.#find(id), await this.#find(into)];
    if (id === into) throw new AppError("bad_input", "an island is not merged with itself");
    if (from.space.id !== to.space.id) {
      throw new AppError("bad_input", "the islands describe their data differently");
    }
    if (!areSame(from.question, to.question)) {
      throw new AppError("bad_input", "the islands answer different questions");
    }
    await this.#store.moveLearnwares(id, into, null);
    await this.#store.removeEmptyIsland(id);
    await this.#onChange(into);
    return this.#shown(into);
  }

  /**
   * @throws AppError `not_found` if there is no such island; `already_there` if the new one is; `bad_input` if a
   *   learnware is not on the island, or all of them would leave it.
   */
  async split(
    from: string,
    {
      id,
      name,
      learnwareIds,
    }: { readonly id: string; readonly name: string; readonly learnwareIds: readonly string[] },
  ): Promise<Renamed> {
    const { description, question, space, learnwareCount } = await this.#find(from);
    if ((await this.#store.findIsland(id)) || (await this.#store.findSpace(id))) {
      throw new AppError("already_there", "an island or a space has this id");
    }
    const ids = [...new Set(learnwareIds)];
    const cards = await this.#store.findAll(ids);
    if (cards.length < ids.length || cards.some((card) => card.islandId !== from)) {
      throw new AppError("bad_input", "one of the learnwares is not on this island");
    }
    if (ids.length >= learnwareCount) {
      throw new AppError("bad_input", "nothing would be left on the island: rename it instead");
    }
    await this.#store.putIsland({ id, name, description, question }, space.id);
    await this.#store.moveLearnwares(from, id, ids);
    await this.#onChange(from);
    await this.#onChange(id);
    return this.#shown(id);
  }

  async #find(id: string): Promise<IslandSummary> {
    const island = await this.#store.findIsland(id);
    if (island) return island;
    throw new AppError("not_found", "no island has this id");
  }

  async #shown(id: string): Promise<Renamed> {
    const { name, description, question, learnwareCount } = await this.#find(id);
    return { id, name, description, question, learnwareCount };
  }
}

function areSame(a: Question | null, b: Question | null): boolean {
  return a === null || b === null ? a === b : sameQuestion(a, b);
}
