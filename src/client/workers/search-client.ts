import type { Call } from "../../contracts/workers/call";
import type {
  ReducedQuery,
  SearchApi,
  Shortlist,
  SketchQuery,
} from "../../contracts/workers/search-api";
import type { Ranking } from "../../engine/search/rank";
import type { SketchMatch } from "../../engine/search/sketches/sketch-scan";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import type { Searcher } from "../dock/sketch-search";
import { isFatal } from "./fatal";
import { guards } from "./guards";

/** A `Searcher` in a worker that starts with its first call, so that a large island does not hold the page up. */
export class SearchClient implements Searcher {
  readonly #thread: LastingThread<SearchApi>;

  constructor(spawn: () => Worker) {
    this.#thread = new LastingThread(() => workerThread(spawn()), { ...guards, isFatal });
  }

  scan(query: SketchQuery, call: Call = {}): Promise<SketchMatch[]> {
    return this.#thread.call("scan", [query], { ...call, moved: [query.sketches.data.buffer] });
  }

  shortlist(query: SketchQuery, call: Call = {}): Promise<Shortlist> {
    const moved = [query.sketches.data.buffer];
    return this.#thread.call("shortlist", [query], { ...call, moved });
  }

  rank(query: ReducedQuery, call: Call = {}): Promise<Ranking> {
    return this.#thread.call("rank", [query], call);
  }

  /** Ends the worker. */
  dispose(): void {
    void this.#thread.end();
  }
}
