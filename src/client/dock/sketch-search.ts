import { finish } from "../../engine/ground/finish";
import { AppError } from "../../contracts/outcome";
import type { ReducedQuery, Shortlist, SketchQuery } from "../../contracts/workers/search-api";
import { mixableSketches } from "../../engine/search/sketches/mixable-sketches";
import { ReferencePairs } from "../../engine/search/pairs";
import type { Ranking } from "../../engine/search/rank";
import { rankSpecs } from "../../engine/search/rank-specs";
import { scanSketches, type SketchMatch } from "../../engine/search/sketches/sketch-scan";
import type { Fetching } from "./ask";

/** Does the sums of a search that no dock makes: `SearchClient` in a worker, `PlainSearcher` here. */
export interface Searcher {
  /** The nearest sketches, best first. */
  scan(query: SketchQuery, call?: Fetching): Promise<SketchMatch[]>;
  /** The nearest sketches, and those that may make a mixture. */
  shortlist(query: SketchQuery, call?: Fetching): Promise<Shortlist>;
  /** Exact ranking of reduced sets against the user's reduced set, and a mixture. */
  rank(query: ReducedQuery, call?: Fetching): Promise<Ranking>;
}

/** A `Searcher` in the calling thread, by plain loops in double precision. */
export class PlainSearcher implements Searcher {
  readonly #pairs = new ReferencePairs();

  async scan({ sketches, sketch, wanted, limit }: SketchQuery): Promise<SketchMatch[]> {
    return scanSketches(sketches, sketch, limit, (index) => wanted[index] === 1);
  }

  async shortlist(query: SketchQuery): Promise<Shortlist> {
    const mixable = await mixableSketches(query.sketches, query.sketch, (sketch, limit) =>
      this.scan({ ...query, sketch, limit }),
    );
    return { matches: await this.scan(query), mixable };
  }

  async rank({ rkme, candidates, mixable }: ReducedQuery, call: Fetching = {}): Promise<Ranking> {
    const { signal, onProgress } = call;
    return finish(rankSpecs(this.#pairs, rkme, candidates, mixable), (progress) => {
      if (signal?.aborted) throw new AppError("aborted", "cancelled");
      onProgress?.(progress);
    });
  }
}
