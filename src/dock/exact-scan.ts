import { setImmediate } from "node:timers/promises";

import { AppError } from "../contracts/outcome";
import { fromWire } from "../contracts/wire-rkme";
import { innerProduct } from "../engine/kernel/mmd";
import { zeros } from "../engine/matrix";
import { greedyMixture } from "../engine/search/mixture";
import type { Fit, MixtureFit, Ranking } from "../engine/search/rank";
import type { Rkme } from "../engine/spec/rkme";
import { coveredPoints, coveredShare } from "./coverage";
import type { Shortlist, ShortlistQuery } from "./shortlist";
import type { LearnwareStore } from "./store/learnware-store";

/** How many of the best single learnwares a mixture may be made of. */
const poolSize = 25;
/** Inner products between learnwares that are kept per island; 40 MB or so. */
const maxRemembered = 500_000;

type Specifications = Pick<LearnwareStore, "specificationsOn" | "findAll">;

interface Candidate {
  readonly id: string;
  readonly position: number;
  readonly task: string;
  readonly rkme: Rkme;
  readonly radiusSquared: number;
  /** ⟨v, v⟩. */
  readonly self: number;
}

interface Scored extends Fit {
  readonly candidate: Candidate;
  /** ⟨u, v⟩. */
  readonly cross: number;
}

interface Scanned {
  readonly version: number;
  readonly candidates: readonly Candidate[];
  /** ⟨v, w⟩ of two candidates, by `position · candidates + position`. */
  readonly products: Map<number, number>;
}

/**
 * A `Shortlist` that compares the user's reduced set with every learnware of the island, exactly.
 *
 * Specifications are decoded and their self terms summed once per island. A search costs
 * O(learnwares · m² · d) and lets other requests in after each few learnwares.
 */
export class ExactScan implements Shortlist {
  readonly #store: Specifications;
  readonly #islands = new Map<string, Promise<Scanned>>();

  constructor(store: Specifications) {
    this.#store = store;
  }

  forget(islandId: string): void {
    this.#islands.delete(islandId);
  }

  async search(query: ShortlistQuery): Promise<Ranking> {
    const scanned = await this.#open(query.islandId, query.islandVersion);
    const userSelf = innerProduct(query.rkme, query.rkme);
    const scored: Scored[] = [];
    for (const candidate of scanned.candidates) {
      if (query.task && candidate.task !== query.task) continue;
      if (candidate.position % 8 === 7) await breathe(query.signal);
      const cross = innerProduct(query.rkme, candidate.rkme);
      const covered = coveredPoints(query.rkme, candidate.rkme, candidate.radiusSquared);
      const coverage = coveredShare(query.rkme, covered);
      scored.push({ candidate, cross, ...fit(userSelf, candidate.self, cross), coverage });
    }
    scored.sort((a, b) => a.mmd2 - b.mmd2);
    return {
      singles: scored.slice(0, query.limit).map(({ candidate, mmd2, similarity, coverage }) => {
        return { id: candidate.id, mmd2, similarity, coverage };
      }),
      mixture: await this.#mix(scanned, scored.slice(0, poolSize), userSelf, query),
    };
  }

  async #mix(
    { candidates, products }: Scanned,
    pool: readonly Scored[],
    userSelf: number,
    { rkme, signal }: ShortlistQuery,
  ): Promise<MixtureFit | null> {
    if (pool.length < 2) return null;
    const gram = zeros(pool.length, pool.length);
    for (const [i, { candidate: a }] of pool.entries()) {
      await breathe(signal);
      gram.data[i * pool.length + i] = a.self;
      for (const [j, { candidate: b }] of pool.slice(0, i).entries()) {
        const key =
          Math.min(a.position, b.position) * candidates.length + Math.max(a.position, b.position);
        const product = products.get(key) ?? innerProduct(a.rkme, b.rkme);
        if (products.size < maxRemembered) products.set(key, product);
        gram.data[i * pool.length + j] = product;
        gram.data[j * pool.length + i] = product;
      }
    }
    const target = Float64Array.from(pool, ({ cross }) => cross);
    const mixture = greedyMixture(gram, target, userSelf);
    if (!mixture) return null;

    const members = mixture.members.map(({ index, weight }) => ({ ...pool[index]!, weight }));
    const cross = members.reduce((sum, member) => sum + member.weight * member.cross, 0);
    const self = mixture.mmd2 - userSelf + 2 * cross;
    const covered = new Set<number>();
    for (const { candidate } of members) {
      const points = coveredPoints(rkme, candidate.rkme, candidate.radiusSquared);
      for (const point of points) covered.add(point);
    }
    return {
      members: members.map(({ candidate, weight }) => ({ id: candidate.id, weight })),
      ...fit(userSelf, self, cross),
      mmd2: mixture.mmd2,
      coverage: coveredShare(rkme, covered),
    };
  }

  async #open(islandId: string, version: number): Promise<Scanned> {
    const held = this.#islands.get(islandId);
    if (held) {
      const scanned = await held;
      if (scanned.version === version) return scanned;
    }
    const loading = this.#load(islandId, version);
    this.#islands.set(islandId, loading);
    loading.catch(() => this.forget(islandId)); // A failed load is tried again at the next search.
    return loading;
  }

  async #load(islandId: string, version: number): Promise<Scanned> {
    const specifications = await this.#store.specificationsOn(islandId, version);
    const cards = await this.#store.findAll(specifications.map(({ id }) => id));
    const tasks = new Map(cards.map(({ id, task }) => [id, task]));
    const candidates: Candidate[] = [];
    for (const [position, { id, rkme: wire, radiusSquared }] of specifications.entries()) {
      if (position % 8 === 7) await breathe();
      const rkme = fromWire(wire);
      const self = innerProduct(rkme, rkme);
      candidates.push({ id, position, task: tasks.get(id) ?? "", rkme, radiusSquared, self });
    }
    return { version, candidates, products: new Map() };
  }
}

function fit(userSelf: number, self: number, cross: number): Omit<Fit, "coverage"> {
  const similarity = (2 * cross) / (userSelf + self);
  return {
    mmd2: Math.max(0, userSelf + self - 2 * cross),
    similarity: Number.isFinite(similarity) ? Math.min(1, Math.max(0, similarity)) : 0,
  };
}

/** Let other requests in; stop if this one's client has gone. */
async function breathe(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new AppError("aborted", "the client hung up");
}
