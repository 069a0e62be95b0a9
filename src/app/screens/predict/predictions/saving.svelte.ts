import type { Progress } from "../../../../engine/ground/progress";
import type { Call } from "../../../clients";
import { type Problem, problemOf } from "../../../problem";
import { LatestJob } from "../../../components/latest-job";

export type SaveState =
  | { readonly kind: "idle" }
  | { readonly kind: "writing"; readonly progress: Progress | null }
  | { readonly kind: "saved" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** A file that is made for the user to keep. */
export class Saving {
  #state = $state.raw<SaveState>({ kind: "idle" });
  readonly #job = new LatestJob();

  get state(): SaveState {
    return this.#state;
  }

  /** @returns The file, or what it comes with; null when it was stopped or could not be made (`state` says why). */
  async make<Made>(work: (call: Call) => Promise<Made>): Promise<Made | null> {
    const signal = this.#job.start();
    const settle = (next: SaveState) => {
      if (this.#job.isCurrent(signal)) this.#state = next;
    };
    settle({ kind: "writing", progress: null });
    try {
      const onProgress = (progress: Progress) => settle({ kind: "writing", progress });
      const made = await work({ signal, onProgress });
      if (!this.#job.isCurrent(signal)) return null;
      settle({ kind: "saved" });
      return made;
    } catch (error) {
      const problem = problemOf(error);
      settle(problem ? { kind: "failed", problem } : { kind: "idle" });
      return null;
    }
  }

  cancel(): void {
    this.#job.cancel();
    this.#state = { kind: "idle" };
  }
}
