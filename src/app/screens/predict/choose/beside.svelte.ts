import type { RowsBeside } from "../../../../contracts/workers/rows-beside";
import type { Offer } from "../../../../workflows/find/offers";
import type { Describer } from "../../../clients";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";

export type BesideState =
  | { readonly kind: "idle" }
  | { readonly kind: "working" }
  | { readonly kind: "laid"; readonly beside: RowsBeside }
  /** Nothing tells what the models learnt from. */
  | { readonly kind: "untold" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** The user's rows beside what an offer's models learnt from: worked out when it is looked at, once for each. */
export class Beside {
  #state = $state.raw<BesideState>({ kind: "idle" });
  readonly #job = new LatestJob();
  readonly #known = new WeakMap<Offer, RowsBeside>();
  readonly #spec: Pick<Describer, "layBeside">;

  constructor(spec: Pick<Describer, "layBeside">) {
    this.#spec = spec;
  }

  get state(): BesideState {
    return this.#state;
  }

  async lay(offer: Offer): Promise<void> {
    const signal = this.#job.start();
    const known = this.#known.get(offer);
    if (known) {
      this.#state = { kind: "laid", beside: known };
      return;
    }
    const specs = offer.members.flatMap(({ spec }) => spec ?? []);
    if (specs.length === 0) {
      this.#state = { kind: "untold" };
      return;
    }
    this.#state = { kind: "working" };
    try {
      const beside = await this.#spec.layBeside(specs, { signal });
      this.#known.set(offer, beside);
      if (this.#job.isCurrent(signal)) this.#state = { kind: "laid", beside };
    } catch (error) {
      const problem = problemOf(error);
      if (this.#job.isCurrent(signal)) {
        this.#state = problem ? { kind: "failed", problem } : { kind: "idle" };
      }
    }
  }
}
