import { setImmediate } from "node:timers/promises";

import type { LearnwareCard } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import { packRkme } from "../../../engine/search/pairs";
import type { MixtureFit } from "../../../engine/search/rank";
import { rankReduced } from "../../../engine/search/rank-reduced";
import { redundantLast } from "../../../engine/search/redundant-last";
import type { SemanticFilter } from "../../../engine/search/semantic-filter";
import type { Rkme } from "../../../engine/specification/rkme";
import type { Describer } from "../../storage/describer";
import type { LearnwareStore, Neighbour, Space } from "../../storage/learnware-store";

export interface FindQuery {
  readonly task?: LearnwareCard["task"] | undefined;
  readonly filter?: SemanticFilter | undefined;
  /** Look for a mixture too; takes about as long again. */
  readonly mixture: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A learnware of the version that was found, and how well it fits. */
interface FoundSingle extends Pick<Neighbour, "number" | "version" | "id" | "coveredBy"> {
  readonly mmd2: number;
  readonly similarity: number;
  /** Null when asked with a sketch, which has no points to cover. */
  readonly coverage: number | null;
}

export interface Found {
  /** Best first, at most 200; those that another one makes redundant after all others. */
  readonly singles: readonly FoundSingle[];
  readonly mixture: MixtureFit | null;
}

/** How many of the nearest by sketch are compared exactly. */
const CANDIDATES = 200;
/** A mixture is sought among so many candidates of each of so many targets. */
const TARGETS = 5;
const CANDIDATES_PER_TARGET = 40;

/**
 * Finds learnwares by what data look like: a shortlist by sketch from the store's index, then exact
 * squared MMD and coverage of everything on it.
 */
export class Finder {
  readonly #store: Pick<LearnwareStore, "nearest">;
  readonly #describer: Describer;

  constructor(store: Pick<LearnwareStore, "nearest">, describer: Describer) {
    this.#store = store;
    this.#describer = describer;
  }

  /**
   * @param rkme - The user's reduced set, on the space's scale.
   * @throws AppError `aborted` when the signal fires; `stale_island` if the space was retired.
   */
  async byReducedSet(space: Space, rkme: Rkme, query: FindQuery): Promise<Found> {
    const sketch = await this.#describer.sketch(space.island, packRkme(rkme));
    const { task, filter } = query;
    const near = await this.#store.nearest(space, sketch, { limit: CANDIDATES, task, filter });
    const mixable = query.mixture ? await this.#mixable(space, sketch, near, query) : [];
    const candidates = [...new Map([...near, ...mixable].map((one) => [one.number, one])).values()];
    const indexOf = new Map(candidates.map(({ number }, index) => [number, index]));
    const steps = rankReduced(this.#describer.pairs, rkme, candidates, {
      pool: mixable.map(({ number }) => indexOf.get(number)!),
    });
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) await breathe(query.signal);
    const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
    const singles = step.value.singles.map((fit) => {
      const { number, version, coveredBy } = byId.get(fit.id)!;
      return { ...fit, number, version, coveredBy };
    });
    return { singles: redundantLast(singles).slice(0, CANDIDATES), mixture: step.value.mixture };
  }

  /** @param sketch - Shape [512], with or without noise, made on the space's scale. */
  async bySketch(space: Space, sketch: Float32Array, query: FindQuery): Promise<Found> {
    const { task, filter } = query;
    const near = await this.#store.nearest(space, sketch, { limit: CANDIDATES, task, filter });
    const self = sketch.reduce((sum, value) => sum + value * value, 0);
    const singles = near.map(({ number, version, id, coveredBy, squaredDistance, sketchSelf }) => {
      const both = self + sketchSelf;
      const similarity = both > 0 ? Math.min(1, Math.max(0, 1 - squaredDistance / both)) : 0;
      return { number, version, id, coveredBy, mmd2: squaredDistance, similarity, coverage: null };
    });
    return { singles: redundantLast(singles), mixture: null };
  }

  /**
   * Learnwares that a mixture may be made of. Those near to the whole are not those it consists of,
   * so after each choice the index is asked for what is still missing: with t chosen, for
   * (t + 1) · φ(user) − Σ φ(chosen).
   */
  async #mixable(
    space: Space,
    sketch: Float32Array,
    near: readonly Neighbour[],
    { task, filter, signal }: FindQuery,
  ): Promise<Neighbour[]> {
    const pool = new Map<string, Neighbour>();
    const chosen = new Set<string>();
    const target = Float32Array.from(sketch);
    let answers = near.slice(0, CANDIDATES_PER_TARGET);
    for (;;) {
      for (const answer of answers) pool.set(answer.number, answer);
      const best = answers.find(({ number }) => !chosen.has(number));
      if (!best || chosen.size === TARGETS - 1) return [...pool.values()];
      chosen.add(best.number);
      const taken = await this.#describer.sketch(space.island, best);
      for (let i = 0; i < target.length; i++) target[i]! += sketch[i]! - taken[i]!;
      await breathe(signal);
      answers = await this.#store.nearest(space, target, {
        limit: CANDIDATES_PER_TARGET,
        task,
        filter,
      });
    }
  }
}

/** Let other requests in; stop if this one's client has gone. */
async function breathe(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new AppError("aborted", "the client hung up");
}
