/** At most one job of a panel counts: starting another, or cancelling, makes news of the first void. */
export class LatestJob {
  #controller: AbortController | null = null;

  start(): AbortSignal {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller?.abort();
    this.#controller = null;
  }

  get isIdle(): boolean {
    return this.#controller === null;
  }

  isCurrent(signal: AbortSignal): boolean {
    return this.#controller?.signal === signal;
  }
}
