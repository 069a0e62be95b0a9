import { setImmediate } from "node:timers/promises";

import { AppError } from "../contracts/outcome";
import { fromWire } from "../contracts/wire-rkme";
import { packRkme, selfProduct } from "../engine/search/pairs";
import type { Ranking } from "../engine/search/rank";
import { rankReduced, type ReducedCandidate } from "../engine/search/rank-reduced";
import { WasmPairs } from "../runtime/wasm-pairs";
import type { Shortlist, ShortlistQuery } from "./shortlist";
import type { LearnwareStore } from "./store/learnware-store";

type Specifications = Pick<LearnwareStore, "specificationsOn" | "findAll">;

interface Candidate extends ReducedCandidate {
  readonly task: string;
}

interface Scanned {
  readonly version: number;
  readonly candidates: readonly Candidate[];
}

/**
 * A `Shortlist` that compares the user's reduced set with every learnware of the island, exactly.
 *
 * Specifications are decoded and their self terms summed once per island. A search costs
 * O(learnwares · m² · d) and lets other requests in every few milliseconds.
 */
export class ExactScan implements Shortlist {
  readonly #store: Specifications;
  readonly #islands = new Map<string, Promise<Scanned>>();
  #pairs: Promise<WasmPairs> | null = null;

  constructor(store: Specifications) {
    this.#store = store;
  }

  forget(islandId: string): void {
    this.#islands.delete(islandId);
  }

  async search({ rkme, task, limit, signal, ...query }: ShortlistQuery): Promise<Ranking> {
    const { candidates } = await this.#open(query.islandId, query.islandVersion);
    const wanted = candidates.filter((candidate) => !task || candidate.task === task);
    const ranking = rankReduced(await this.#kernel(), rkme, wanted, { limit });
    for (;;) {
      const step = await ranking.next();
      if (step.done) return step.value;
      await breathe(signal);
    }
  }

  #kernel(): Promise<WasmPairs> {
    this.#pairs ??= WasmPairs.create();
    return this.#pairs;
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
    const kernel = await this.#kernel();
    const candidates: Candidate[] = [];
    for (const [position, { id, rkme: wire, radiusSquared }] of specifications.entries()) {
      if (position % 8 === 7) await breathe();
      const rkme = fromWire(wire);
      const packed = packRkme(rkme);
      const self = selfProduct(kernel, packed, rkme.gamma);
      const task = tasks.get(id) ?? "";
      candidates.push({ ...packed, id, task, radiusSquared, selfProduct: self });
    }
    return { version, candidates };
  }
}

/** Let other requests in; stop if this one's client has gone. */
async function breathe(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new AppError("aborted", "the client hung up");
}
