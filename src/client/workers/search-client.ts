import { transfer } from "comlink";

import type {
  ReducedQuery,
  SearchApi,
  Shortlist,
  SketchQuery,
} from "../../contracts/workers/search-api";
import type { Ranking } from "../../engine/search/rank";
import type { SketchMatch } from "../../engine/search/sketch-scan";
import type { Searcher } from "../dock/sketch-search";
import { type Call, WorkerLink } from "./worker-link";

/** A `Searcher` in a worker, so that a large island does not hold the page up. */
export class SearchClient implements Searcher {
  readonly #link: WorkerLink<SearchApi>;

  constructor(worker: Worker) {
    this.#link = new WorkerLink<SearchApi>(worker);
  }

  async scan(query: SketchQuery, call: Call = {}): Promise<SketchMatch[]> {
    const moved = [query.sketches.data.buffer];
    return this.#link.run((...job) => this.#link.remote.scan(transfer(query, moved), ...job), call);
  }

  async shortlist(query: SketchQuery, call: Call = {}): Promise<Shortlist> {
    const moved = [query.sketches.data.buffer];
    return this.#link.run(
      (...job) => this.#link.remote.shortlist(transfer(query, moved), ...job),
      call,
    );
  }

  async rank(query: ReducedQuery, call: Call = {}): Promise<Ranking> {
    return this.#link.run((...job) => this.#link.remote.rank(query, ...job), call);
  }

  /** Ends the worker. The client is unusable afterwards. */
  dispose(): void {
    this.#link.dispose();
  }
}
