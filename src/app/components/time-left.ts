/** How far a job is, in a stage of its own name. */
export interface JobProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** Earlier than this a guess would jump about. */
const FIRST_GUESS_MS = 2000;

/** Guesses from its pace how long a job's present stage will still take. */
export class TimeLeft {
  #stage: string | null = null;
  #startedAt = 0;
  #startedWith = 0;

  /** @returns Seconds, rounded up; null while there is too little to go by, or next to nothing left. */
  after({ stage, done, total }: JobProgress, nowMs: number): number | null {
    if (stage !== this.#stage || done < this.#startedWith) {
      this.#stage = stage;
      this.#startedAt = nowMs;
      this.#startedWith = done;
    }
    const elapsedMs = nowMs - this.#startedAt;
    const gained = done - this.#startedWith;
    if (elapsedMs < FIRST_GUESS_MS || gained <= 0) return null;
    const seconds = Math.ceil(((elapsedMs / gained) * (total - done)) / 1000);
    return seconds > 1 ? seconds : null;
  }
}
