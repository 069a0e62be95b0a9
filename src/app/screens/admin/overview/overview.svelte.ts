import { readSummary, retryJob } from "../../../../client/account/admin";
import type { Summary } from "../../../../contracts/http/account-api";
import type { SignedIn } from "../../../account/signed-in.svelte";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";

/** What is in the server, and what was asked of it. */
export class Overview {
  #summary = $state.raw<Summary | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #days = $state(30);
  readonly #job = new LatestJob();
  readonly #signedIn: Pick<SignedIn, "as">;

  constructor(signedIn: Pick<SignedIn, "as">) {
    this.#signedIn = signedIn;
  }

  /** As it was last, while it is counted anew. */
  get summary(): Summary | null {
    return this.#summary;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** How many the searches and downloads are of. */
  get days(): number {
    return this.#days;
  }

  async load(days = this.#days): Promise<void> {
    const signal = this.#job.start();
    this.#days = days;
    this.#problem = null;
    try {
      const summary = await this.#signedIn.as((at) => readSummary(at, days, { signal }));
      if (this.#job.isCurrent(signal)) this.#summary = summary;
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#problem = problemOf(error);
    }
  }

  /** Has a job done that was given up. */
  async retry(number: string): Promise<void> {
    await this.#signedIn.as((at) => retryJob(at, number));
    await this.load();
  }
}
