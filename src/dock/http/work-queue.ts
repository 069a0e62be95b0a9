import { AppError } from "../../contracts/outcome";

/** Lets so much work run at once and so much wait, first come, first served; the rest is turned away. */
export class WorkQueue {
  readonly #mostRunning: number;
  readonly #mostWaiting: number;
  /** What begins each, in the order in which they came. */
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor({ running, waiting }: { readonly running: number; readonly waiting: number }) {
    this.#mostRunning = running;
    this.#mostWaiting = waiting;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves when it is this one's turn.
   *
   * @returns Ends the turn.
   * @throws AppError `dock_busy` if too many wait; whatever the signal was aborted with.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#mostRunning) this.#running++;
    else if (this.#waiting.size < this.#mostWaiting) await this.#turn(signal);
    else throw new AppError("dock_busy", "the dock has too much to do; ask again in a moment");
    return () => this.#leave();
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.delete(begin);
        reject(signal.reason as Error);
      };
      this.#waiting.add(begin);
      signal.addEventListener("abort", giveUp);
    });
  }

  /** Whoever waits longest takes the place. */
  #leave(): void {
    const [begin] = this.#waiting;
    if (!begin) {
      this.#running--;
      return;
    }
    this.#waiting.delete(begin);
    begin();
  }
}
