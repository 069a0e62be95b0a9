import type { LearnwareCard } from "../../../contracts/http/dock-api";
import { breathe } from "./breathe";
import { finish } from "../../../engine/ground/finish";
import type { PackedRkme } from "../../../engine/search/pairs";
import { type Found, type FoundFit, foundOf, MOST_FOUND } from "../../../engine/search/found";
import { CANDIDATES_PER_TARGET, mixable } from "../../../engine/search/mixable";
import { rankReduced } from "../../../engine/search/rank-reduced";
import type { SemanticFilter } from "../../../engine/search/words/semantic-filter";
import type { Form } from "../../storage/forms/form";
import type { LearnwareReader, Neighbour, SpaceVersion } from "../../storage/learnware-store";

export interface FindQuery {
  /** Only learnwares of this island; of any of the space unless told. */
  readonly islandId?: string | undefined;
  readonly task?: LearnwareCard["task"] | undefined;
  readonly filter?: SemanticFilter | undefined;
  /** Look for a mixture too; takes about as long again. */
  readonly mixture: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A learnware of the version that was found, and how well it fits. */
export interface FoundSingle
  extends FoundFit, Pick<Neighbour, "number" | "version" | "id" | "coveredBy"> {}

/**
 * Finds learnwares by what data look like: a shortlist by sketch from the store's index, then exact
 * squared MMD and coverage of everything on it.
 */
export class Finder {
  readonly #store: Pick<LearnwareReader, "nearest">;

  constructor(store: Pick<LearnwareReader, "nearest">) {
    this.#store = store;
  }

  /**
   * @param form - Of the space.
   * @param packed - The user's specification, as the form packs it.
   * @throws AppError `aborted` when the signal fires; `stale_island` if the space was retired.
   */
  async bySpecification(
    space: SpaceVersion,
    form: Form,
    packed: PackedRkme,
    query: FindQuery,
  ): Promise<Found<FoundSingle>> {
    const sketch = form.sketch(packed);
    const { islandId, task, filter } = query;
    const near = await this.#store.nearest(space, sketch, {
      limit: MOST_FOUND,
      islandId,
      task,
      filter,
    });
    const mixable = query.mixture ? await this.#mixable(space, form, sketch, near, query) : [];
    const candidates = [...new Map([...near, ...mixable].map((one) => [one.number, one])).values()];
    const indexOf = new Map(candidates.map(({ number }, index) => [number, index]));
    const { kernel } = space.definition;
    const user = { packed, weights: form.weightsOf(packed), kernel };
    const steps = rankReduced(form.pairs, user, candidates, {
      pool: mixable.map(({ number }) => indexOf.get(number)!),
    });
    const ranked = await finish(steps, () => breathe(query.signal));
    const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
    const singles = ranked.singles.map((fit) => {
      const { number, version, coveredBy } = byId.get(fit.id)!;
      return { ...fit, number, version, coveredBy };
    });
    return foundOf(singles, ranked.mixture);
  }

  /** @param sketch - As the space's form makes them, with or without noise. */
  async bySketch(
    space: SpaceVersion,
    sketch: Float32Array,
    query: FindQuery,
  ): Promise<Found<FoundSingle>> {
    const { islandId, task, filter } = query;
    const near = await this.#store.nearest(space, sketch, {
      limit: MOST_FOUND,
      islandId,
      task,
      filter,
    });
    const self = sketch.reduce((sum, value) => sum + value * value, 0);
    const singles = near.map(({ number, version, id, coveredBy, squaredDistance, sketchSelf }) => {
      const both = self + sketchSelf;
      const similarity = both > 0 ? Math.min(1, Math.max(0, 1 - squaredDistance / both)) : 0;
      return { number, version, id, coveredBy, mmd2: squaredDistance, similarity, coverage: null };
    });
    return foundOf(singles);
  }

  async #mixable(
    space: SpaceVersion,
    form: Form,
    sketch: Float32Array,
    near: readonly Neighbour[],
    { islandId, task, filter, signal }: FindQuery,
  ): Promise<Neighbour[]> {
    const index = {
      nearest: async (target: Float64Array, limit: number) => {
        await breathe(signal);
        return this.#store.nearest(space, Float32Array.from(target), {
          limit,
          islandId,
          task,
          filter,
        });
      },
      keyOf: ({ number }: Neighbour) => number,
      sketchOf: (taken: Neighbour) => form.sketch(taken),
    };
    return mixable(index, sketch, near.slice(0, CANDIDATES_PER_TARGET));
  }
}
