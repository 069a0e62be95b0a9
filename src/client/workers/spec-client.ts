import { transfer } from "comlink";

import type {
  Description,
  PrivacyBudget,
  SketchDescription,
  SpecApi,
} from "../../contracts/workers/spec-api";
import type { FeatureMatch, Island } from "../../engine/kinds/table/space/island";
import type { ComputeName } from "../../engine/specification/kernel/compute";
import type { Ranking } from "../../engine/search/rank";
import { type Call, WorkerLink } from "./worker-link";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";

/** The page's view of the specification worker, which sees encoded rows and gives away only their summary. */
export class SpecClient {
  readonly #link: WorkerLink<SpecApi>;

  constructor(worker: Worker) {
    this.#link = new WorkerLink<SpecApi>(worker);
  }

  /** Let the worker ask the data worker for rows over this port. The port is given away. */
  async connectRows(port: MessagePort): Promise<void> {
    await this.#link.ask(this.#link.remote.connectRows(transfer(port, [port])));
  }

  /** Where to do the sums from now on. */
  async useCompute(choice: ComputeName | "auto"): Promise<void> {
    await this.#link.ask(this.#link.remote.useCompute(choice));
  }

  /**
   * Describe the connected table by a reduced set that is safe to send.
   *
   * @throws AppError `preflight_failed` when none is; `aborted`; what the data worker refuses.
   */
  async describe(
    island: Island,
    matches: readonly FeatureMatch[],
    call: Call = {},
  ): Promise<Description> {
    return this.#link.run((...job) => this.#link.remote.describe(island, matches, ...job), call);
  }

  /**
   * Sum the connected table up in a sketch: with noise to send it, without to search in the tab.
   *
   * @throws AppError `bad_parameter` if the budget is out of range; `aborted`; what the data worker refuses.
   */
  async sketch(
    island: Island,
    matches: readonly FeatureMatch[],
    privacy: PrivacyBudget | null,
    call: Call = {},
  ): Promise<SketchDescription> {
    return this.#link.run(
      (...job) => this.#link.remote.sketch(island, matches, privacy, ...job),
      call,
    );
  }

  /**
   * Rank candidates by how well they fit the rows described last.
   *
   * @throws AppError `aborted`; `bad_input` if nothing was described.
   */
  async rank(candidates: readonly CandidateSpec[], call: Call = {}): Promise<Ranking> {
    return this.#link.run((...job) => this.#link.remote.rank(candidates, ...job), call);
  }

  /** Ends the worker and lets the rows go. The client is unusable afterwards. */
  dispose(): void {
    this.#link.dispose();
  }
}
