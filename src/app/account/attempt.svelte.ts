import { type Problem, problemOf } from "../problem";

/** Something that is being tried, and how that went. */
export class Attempt {
  #isBusy = $state(false);
  #problem = $state.raw<Problem | null>(null);

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** @returns Whether it was done; not while it is under way. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#problem = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.#problem = problemOf(error);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
