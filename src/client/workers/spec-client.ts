import type { Call } from "../../contracts/workers/call";
import type {
  Description,
  PrivacyBudget,
  SketchDescription,
} from "../../contracts/workers/description";
import type { RowsBeside } from "../../contracts/workers/rows-beside";
import type { SpecApi } from "../../contracts/workers/spec-api";
import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { ComputeName } from "../../engine/specification/kernel/compute";
import type { Ranking } from "../../engine/search/rank";
import type { BookPoints } from "../../engine/specification/book/book";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";
import type { Secret } from "../../engine/specification/keyed/secret";
import { LastingThread } from "../../runtime/threads/lasting-thread";
import { workerThread } from "../../runtime/threads/worker-thread";
import { isFatal } from "./fatal";
import { guards } from "./guards";
import { linkRows, type RowGiver } from "./row-link";

/**
 * The page's view of the specification worker, which sees encoded rows. What may leave is their summary; what the page
 * shows of single rows stays on it. It starts with its first call.
 */
export class SpecClient {
  readonly #thread: LastingThread<SpecApi>;
  readonly #secret: () => Promise<Secret>;

  /**
   * @param compute - Where to do the sums.
   * @param secret - Of this browser.
   */
  constructor(
    spawn: () => Worker,
    rows: RowGiver,
    compute: ComputeName | "auto",
    secret: () => Promise<Secret>,
  ) {
    this.#secret = secret;
    this.#thread = new LastingThread<SpecApi>(() => workerThread(spawn()), {
      ...guards,
      isFatal,
      prepare: (fresh) =>
        Promise.all([
          linkRows(rows, (port) => fresh.call("connectRows", [port], { moved: [port] })),
          fresh.call("useCompute", [compute]),
        ]),
    });
    rows.onLost?.((reason) => void this.#thread.end(reason));
  }

  /**
   * Describe the connected table by a specification that is safe to send.
   *
   * @throws AppError `preflight_failed` when none is; `aborted`; what the data worker refuses.
   */
  async describe(
    island: Space,
    matches: readonly FeatureMatch[],
    book: BookPoints | null,
    call: Call = {},
  ): Promise<Description> {
    return this.#thread.call("describe", [island, matches, book, await this.#secret()], call);
  }

  /**
   * Sum the connected table up in a sketch: with noise to send it, without to search in the tab.
   *
   * @throws AppError `bad_parameter` if the budget is out of range; `aborted`; what the data worker refuses.
   */
  sketch(
    island: Space,
    matches: readonly FeatureMatch[],
    privacy: PrivacyBudget | null,
    book: BookPoints | null,
    call: Call = {},
  ): Promise<SketchDescription> {
    return this.#thread.call("sketch", [island, matches, privacy, book], call);
  }

  /**
   * Rank candidates by how well they fit the rows described last.
   *
   * @throws AppError `aborted`; `bad_input` if nothing was described.
   */
  rank(candidates: readonly CandidateSpec[], call: Call = {}): Promise<Ranking> {
    return this.#thread.call("rank", [candidates], call);
  }

  /**
   * The rows described last beside what some candidates learnt from.
   *
   * @throws AppError `aborted`; `bad_input` if nothing was described, or none can be compared.
   */
  layBeside(candidates: readonly CandidateSpec[], call: Call = {}): Promise<RowsBeside> {
    return this.#thread.call("layBeside", [candidates], call);
  }

  /** Ends the worker and lets the rows go. */
  dispose(): void {
    void this.#thread.end();
  }
}
